export { ROLES } from '../../models/staff.js';
