import type { ApiError } from './models/index.js';

/** Why a request has not been fulfilled. */
export class ApiException extends Error {
  override name = 'ApiException';
  /** The status of the answer. */
  readonly status: number;
  /** What is wrong, in a word for programs; undefined where the answer is not the server's. */
  readonly code: string | undefined;
  /** What is wrong with which parameter; empty where none is at fault. */
  readonly params: Record<string, string>;

  /**
   * @param response the answer, as it came
   * @param error all that the server says
   */
  constructor(
    readonly response: Response,
    readonly error: ApiError | undefined,
  ) {
    const params = error?.data?.params ?? {};
    const about = Object.keys(params).length > 0 ? ` ${JSON.stringify(params)}` : '';
    super(
      error === undefined
        ? `${response.status} ${response.statusText}`
        : `${response.status} ${error.code}: ${error.message}${about}`,
    );
    this.status = response.status;
    this.code = error?.code;
    this.params = params;
  }

  /** Reads the answer. */
  static async of(response: Response): Promise<ApiException> {
    try {
      const said = JSON.parse(await response.clone().text());
      return new ApiException(response, typeof said?.code === 'string' ? said : undefined);
    } catch {
      return new ApiException(response, undefined);
    }
  }
}
