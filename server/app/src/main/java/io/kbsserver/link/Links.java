package io.kbsserver.link;

import io.kbsserver.api.OperationId;
import io.kbsserver.api.model.Link;
import io.kbsserver.rest.address.BaseUrl;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** Makes the links of answers, each as the list that WordPress makes of a relation. */
@Singleton
public class Links {

  private final BaseUrl baseUrl;

  Links(BaseUrl baseUrl) {
    this.baseUrl = baseUrl;
  }

  /**
   * The same for what is no answer to a request.
   *
   * @param site where the server is reached, where its configuration does not say
   */
  public Links orElse(String site) {
    return new Links(baseUrl.orElse(site));
  }

  /** The address of an object. */
  public String href(OperationId operation, long id) {
    return baseUrl.ofRoutes() + LinkPath.of(operation).of(id);
  }

  /** The address of something that is a part of an object. */
  public String href(OperationId operation, long id, long part) {
    return baseUrl.ofRoutes() + LinkPath.of(operation).of(id, part);
  }

  /** The address of an operation whose path has several variable parts, in their order. */
  public String href(OperationId operation, List<?> parts) {
    String path = operation.path();
    for (Object part : parts) {
      path = path.replaceFirst("\\{\\w+}", Matcher.quoteReplacement(part.toString()));
    }
    return baseUrl.ofRoutes() + path;
  }

  /** To an address. */
  public static List<Link> to(String href) {
    return List.of(Link.builder().href(href).build());
  }

  /** To an object. */
  public List<Link> to(OperationId operation, long id) {
    return List.of(Link.builder().href(href(operation, id)).build());
  }

  /** To something that is a part of an object. */
  public List<Link> to(OperationId operation, long id, long part) {
    return List.of(Link.builder().href(href(operation, id, part)).build());
  }

  /** To an address that is there once. */
  public List<Link> to(OperationId operation) {
    return List.of(
        Link.builder().href(baseUrl.ofRoutes() + LinkPath.of(operation).fixed()).build());
  }

  /**
   * To an object that {@code _embed} may ask for, which an {@link Embeddable} then reads.
   *
   * @param id null where there is no such object
   * @return null where there is none
   */
  public @Nullable List<Link> toEmbeddable(OperationId operation, @Nullable Long id) {
    return id == null ? null : embeddable(href(operation, id));
  }

  /**
   * To those of a collection that have a value. As in the plugin, it is marked as embeddable and
   * written so that reading it for {@code _embed} finds no route.
   */
  public List<Link> toThoseWith(OperationId operation, String parameter, long value) {
    String address = baseUrl.ofRoutes() + LinkPath.of(operation).fixed();
    return embeddable(address + "/?" + parameter + "=" + value);
  }

  /** To an address that {@code _embed} may ask for. */
  public static List<Link> embeddable(String href) {
    return List.of(Link.builder().href(href).embeddable(true).build());
  }
}
