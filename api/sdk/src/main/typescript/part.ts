/** The arguments of an operation when they ask for some fields only. */
export type InPart<R> = '_fields' extends keyof R ? R & { _fields: Array<string> } : never;

/** What is answered when some fields are asked for: any field may be missing. */
export type Part<T> = T extends Array<infer One>
  ? Array<Part<One>>
  : T extends object
    ? { [Name in keyof T]?: Part<T[Name]> }
    : T;
