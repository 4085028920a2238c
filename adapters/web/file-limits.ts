/** Where a file is given to, and the largest body there: what a process that serves platforms too can hold beside them. */
export const FILE_PATH = "/file";
export const FILE_MAXIMUM = 6_000_000;
