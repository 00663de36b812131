import type { AdminHandler } from '../admin-handler.ts';
import { personRow } from './person-row.ts';

/** `people.get` */
export const getPerson: AdminHandler = ({ key }, _who, deps) => personRow(key, deps);
