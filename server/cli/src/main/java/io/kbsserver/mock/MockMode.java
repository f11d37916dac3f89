package io.kbsserver.mock;

/**
 * There is one where the mock was asked for. An environment by that name might be set by chance.
 */
final class MockMode {}
