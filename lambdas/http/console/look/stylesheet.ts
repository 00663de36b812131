import { colors } from '../../pages/stylesheet.ts';
import { tones } from '../../pages/tones.ts';
import { frameRules } from './frame-rules.ts';
import { formRules } from './form-rules.ts';
import { listRules } from './list-rules.ts';

/**
 * The one stylesheet of the console, in the colours of all pages. No font, image or rule comes from anywhere else.
 *
 * @param accent colour of buttons and links, `#rrggbb`
 */
export function stylesheet(accent: string): string {
  return `${colors(accent)}
${tones}
${frameRules}${listRules}${formRules}`;
}
