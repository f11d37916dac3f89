package io.micronaut.openapi.generator;

/**
 * Micronaut's server generator with a public constructor.
 *
 * <p>The original registers no service and its constructor is package-private, so the Maven plugin
 * can load neither; it loads this class by its full name.
 */
public class PublicMicronautServerCodegen extends JavaMicronautServerCodegen {

  /** Called by the Maven plugin. */
  public PublicMicronautServerCodegen() {}
}
