/** Partition of the indexes that hold a whole table by age; each new item carries it as `shelf`. */
export const shelf = 'all';
