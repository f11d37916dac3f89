package io.kbsserver.rest.batch;

import java.util.Map;

/**
 * A request in a batch.
 *
 * @param method what is to be done
 * @param path its route, and its query
 * @param body the parameters of its body
 * @param headers its headers, each a value or a list of values
 */
record BatchEntry(
    String method, String path, Map<String, Object> body, Map<String, Object> headers) {}
