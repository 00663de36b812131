import type { InteractionDeps } from '../authorize/interaction.ts';
import type { DeviceAuthorizations } from '../ports/device-authorizations.ts';

/** What the pages need on which a person allows a device. */
export interface DeviceDeps extends InteractionDeps {
  readonly deviceAuthorizations: DeviceAuthorizations;
}
