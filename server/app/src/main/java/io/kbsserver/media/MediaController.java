package io.kbsserver.media;

import io.kbsserver.api.MediaApi;
import io.kbsserver.api.OperationId;
import io.kbsserver.api.model.ListMediaMediaTypeParameter;
import io.kbsserver.api.model.ListMediaOrderbyParameter;
import io.kbsserver.api.model.ListTicketsOrderParameter;
import io.kbsserver.api.model.ListUsersContextParameter;
import io.kbsserver.api.model.MediaFile;
import io.kbsserver.api.model.MediaUpload;
import io.kbsserver.files.NewFiles;
import io.kbsserver.files.SentFiles;
import io.kbsserver.link.Links;
import io.kbsserver.list.ListRequest;
import io.kbsserver.list.Selection;
import io.kbsserver.list.Sort;
import io.kbsserver.list.Window;
import io.kbsserver.media.MediaRepresentation.Purpose;
import io.kbsserver.refusal.Fault;
import io.kbsserver.refusal.InvalidParameters;
import io.kbsserver.rest.login.CurrentCaller;
import io.kbsserver.rest.parameters.UntypedValues;
import io.kbsserver.rest.response.Paging;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Translates between the generated interface and the rules of media. */
@Controller("/wp-json")
class MediaController implements MediaApi {

  private static final String FILE = "file";

  private final MediaService service;
  private final MediaRepresentation representation;
  private final SentFiles files;
  private final CurrentCaller caller;
  private final UntypedValues values;
  private final Paging paging;
  private final Links links;

  MediaController(
      MediaService service,
      MediaRepresentation representation,
      SentFiles files,
      CurrentCaller caller,
      UntypedValues values,
      Paging paging,
      Links links) {
    this.service = service;
    this.representation = representation;
    this.files = files;
    this.caller = caller;
    this.values = values;
    this.paging = paging;
    this.links = links;
  }

  @Override
  public HttpResponse<List<MediaFile>> listMedia(ListMediaParameters parameters) {
    ListRequest request =
        new ListRequest(
            new Window(parameters.page(), parameters.perPage(), parameters.offset()),
            new Selection(parameters.include(), parameters.exclude()),
            new Sort(sortedBy(parameters.orderby()), isDescending(parameters.order())));
    MediaFilter filter =
        new MediaFilter(parameters.search(), parameters.parent(), kind(parameters.mediaType()));
    Purpose purpose = purpose(parameters.context());
    return paging.page(
        service
            .list(caller.get(), filter, request, purpose == Purpose.EDIT)
            .map(media -> representation.of(media, purpose)));
  }

  @Override
  @Consumes(MediaType.ALL)
  public HttpResponse<MediaFile> uploadMedia(
      UploadMediaParameters parameters, MediaUpload body) {
    Long ticket = body.post();
    if (ticket == null) {
      throw new InvalidParameters(
          "rest_missing_callback_param",
          "Missing parameter(s): post",
          Map.of("post", new Fault("rest_missing_param", "post is required.")));
    }
    Uploaded uploaded =
        files.takeOne(
            FILE,
            values.unknown(),
            sent ->
                new Uploaded(
                    service.attach(ticket, sent, caller.get(), values.unknown()), sent));
    MutableHttpResponse<MediaFile> response =
        HttpResponse.<MediaFile>created(representation.of(uploaded.media(), Purpose.EDIT))
            .header(
                HttpHeaders.LOCATION,
                links.href(OperationId.GET_MEDIA, uploaded.media().id()));
    Set<String> changed = uploaded.sent().changed();
    if (!changed.isEmpty()) {
      response.header("Kbs-Changed-Parameters", String.join(", ", changed));
    }
    return response;
  }

  private record Uploaded(MediaView media, NewFiles sent) {}

  @Override
  public HttpResponse<MediaFile> getMedia(Long id, GetMediaParameters parameters) {
    Purpose purpose = purpose(parameters.context());
    return HttpResponse.ok(
        representation.of(service.read(id, caller.get(), purpose == Purpose.EDIT), purpose));
  }

  private static Purpose purpose(ListUsersContextParameter context) {
    return switch (context) {
      case EMBED -> Purpose.EMBED;
      case VIEW -> Purpose.VIEW;
      case EDIT -> Purpose.EDIT;
    };
  }

  private static boolean isDescending(ListTicketsOrderParameter order) {
    return switch (order) {
      case ASC -> false;
      case DESC -> true;
    };
  }

  private static @Nullable String kind(@Nullable ListMediaMediaTypeParameter type) {
    return type == null
        ? null
        : switch (type) {
          case IMAGE -> "image";
          case VIDEO -> "video";
          case TEXT -> "text";
          case APPLICATION -> "application";
          case AUDIO -> "audio";
        };
  }

  private static Sort.Key sortedBy(ListMediaOrderbyParameter orderby) {
    return switch (orderby) {
      case DATE -> MediaColumn.DATE;
      case ID -> MediaColumn.ID;
      case INCLUDE -> new Sort.Key.Include();
      case MODIFIED -> MediaColumn.MODIFIED;
      case SLUG -> MediaColumn.SLUG;
      case TITLE -> MediaColumn.TITLE;
    };
  }
}
