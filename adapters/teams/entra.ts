/** The code by which Entra says that an app or its secret is wrong; undefined when it did not say so. */
export const refusalOf = (error: unknown): string | undefined =>
  error instanceof Error
    ? /AADSTS\d+|invalid_client|unauthorized_client/u.exec(error.message)?.[0]
    : undefined;
