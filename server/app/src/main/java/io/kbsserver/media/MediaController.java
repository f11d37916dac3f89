package io.kbsserver.media;

import io.kbsserver.api.MediaApi;
import io.kbsserver.api.OperationId;
import io.kbsserver.api.model.ListMediaMediaTypeParameter;
import io.kbsserver.api.model.MediaFile;
import io.kbsserver.api.model.PostOrderby;
import io.kbsserver.api.model.WordPressContext;
import io.kbsserver.files.NewFiles;
import io.kbsserver.files.SentFiles;
import io.kbsserver.link.Links;
import io.kbsserver.list.ListRequest;
import io.kbsserver.list.Selection;
import io.kbsserver.list.Sort;
import io.kbsserver.list.Window;
import io.kbsserver.refusal.Fault;
import io.kbsserver.refusal.InvalidParameters;
import io.kbsserver.rest.idempotency.Idempotent;
import io.kbsserver.rest.login.CurrentCaller;
import io.kbsserver.rest.parameters.SortOrders;
import io.kbsserver.rest.parameters.UntypedValues;
import io.kbsserver.rest.parameters.WordPressDateTime;
import io.kbsserver.rest.response.Paging;
import io.kbsserver.site.CurrentSite;
import io.kbsserver.site.Setting;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Translates between the generated interface and the rules of media. */
@Controller("/wp-json")
class MediaController implements MediaApi {

  private static final String FILE = "file";

  private final MediaService service;
  private final MediaWriter writer;
  private final MediaRepresentation representation;
  private final SentFiles files;
  private final CurrentCaller caller;
  private final CurrentSite settings;
  private final UntypedValues values;
  private final Paging paging;
  private final Links links;

  MediaController(
      MediaService service,
      MediaWriter writer,
      MediaRepresentation representation,
      SentFiles files,
      CurrentCaller caller,
      CurrentSite settings,
      UntypedValues values,
      Paging paging,
      Links links) {
    this.service = service;
    this.writer = writer;
    this.representation = representation;
    this.files = files;
    this.caller = caller;
    this.settings = settings;
    this.values = values;
    this.paging = paging;
    this.links = links;
  }

  @Override
  public HttpResponse<List<MediaFile>> listMedia(ListMediaParameters parameters) {
    boolean descending = SortOrders.isDescending(parameters.order());
    ListRequest request =
        new ListRequest(
            new Window(parameters.page(), parameters.perPage(), parameters.offset()),
            new Selection(parameters.include(), parameters.exclude()),
            new Sort(sortedBy(parameters, descending), descending));
    MediaFilter filter =
        new MediaFilter(
            parameters.search(),
            atSite(parameters.after()),
            atSite(parameters.before()),
            atSite(parameters.modifiedAfter()),
            atSite(parameters.modifiedBefore()),
            parameters.author(),
            parameters.authorExclude(),
            parameters.parent(),
            parameters.parentExclude(),
            parameters.slug(),
            type(parameters.mediaType(), parameters.mimeType()));
    MediaPurpose purpose = purpose(parameters.context());
    return paging.page(
        service
            .list(caller.get(), filter, request, purpose == MediaPurpose.EDIT)
            .map(media -> representation.of(media, purpose)));
  }

  @Override
  @Idempotent
  @Consumes(MediaType.ALL)
  public HttpResponse<MediaFile> uploadMedia(UploadMediaParameters parameters) {
    Long ticket = parameters.post();
    if (ticket == null || ticket == 0) {
      throw new InvalidParameters(
          "rest_missing_callback_param",
          "Missing parameter(s): post",
          Map.of("post", new Fault("rest_missing_param", "post is required.")));
    }
    Uploaded uploaded =
        files.takeOne(
            FILE,
            () -> nameless(parameters.contentDisposition()),
            values.unknown(),
            sent ->
                new Uploaded(writer.attach(ticket, sent, caller.get(), values.unknown()), sent));
    MutableHttpResponse<MediaFile> response =
        HttpResponse.<MediaFile>created(representation.of(uploaded.media(), MediaPurpose.EDIT))
            .header(HttpHeaders.LOCATION, links.href(OperationId.GET_MEDIA, uploaded.media().id()));
    Set<String> changed = uploaded.sent().changed();
    if (!changed.isEmpty()) {
      response.header("Kbs-Changed-Parameters", String.join(", ", changed));
    }
    return response;
  }

  private record Uploaded(MediaView media, NewFiles sent) {}

  private static InvalidParameters nameless(@Nullable String disposition) {
    return disposition == null
        ? new InvalidParameters(
            "rest_upload_no_content_disposition", "No Content-Disposition supplied.", Map.of())
        : new InvalidParameters(
            "rest_upload_invalid_disposition",
            "Content-Disposition names no file: attachment; filename=\"invoice.pdf\".",
            Map.of());
  }

  @Override
  public HttpResponse<MediaFile> getMedia(Long id, GetMediaParameters parameters) {
    MediaPurpose purpose = purpose(parameters.context());
    return HttpResponse.ok(
        representation.of(service.read(id, caller.get(), purpose == MediaPurpose.EDIT), purpose));
  }

  private @Nullable LocalDateTime atSite(@Nullable String moment) {
    return WordPressDateTime.ifGiven(moment, settings.current().get(Setting.TIME_ZONE));
  }

  private static MediaPurpose purpose(WordPressContext context) {
    return switch (context) {
      case EMBED -> MediaPurpose.EMBED;
      case VIEW -> MediaPurpose.VIEW;
      case EDIT -> MediaPurpose.EDIT;
    };
  }

  private static @Nullable String type(
      @Nullable ListMediaMediaTypeParameter kind, @Nullable String exactly) {
    if (exactly != null && !exactly.isEmpty()) {
      return exactly.toLowerCase(Locale.ROOT);
    }
    return kind == null ? null : kind(kind) + "/%";
  }

  private static String kind(ListMediaMediaTypeParameter kind) {
    return switch (kind) {
      case IMAGE -> "image";
      case VIDEO -> "video";
      case TEXT -> "text";
      case APPLICATION -> "application";
      case AUDIO -> "audio";
    };
  }

  private static Sort.Key sortedBy(ListMediaParameters parameters, boolean descending) {
    PostOrderby orderby = parameters.orderby();
    return switch (orderby) {
      case AUTHOR -> MediaColumn.AUTHOR;
      case DATE -> MediaColumn.DATE;
      case ID -> MediaColumn.ID;
      case INCLUDE -> new Sort.Key.Include();
      case INCLUDE_SLUGS -> MediaColumn.ORDER.bySlugs(parameters.slug());
      case MODIFIED -> MediaColumn.MODIFIED;
      case PARENT -> MediaColumn.PARENT;
      case RELEVANCE -> MediaColumn.ORDER.byRelevance(parameters.search(), descending);
      case SLUG -> MediaColumn.SLUG;
      case TITLE -> MediaColumn.TITLE;
    };
  }
}
