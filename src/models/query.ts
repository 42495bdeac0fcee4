/** The types of filters and updates, so that services can name them without knowing the driver. */
export type { QueryFilter as Filter, UpdateQuery as Update } from 'mongoose';
