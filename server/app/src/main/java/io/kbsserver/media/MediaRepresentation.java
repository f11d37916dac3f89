package io.kbsserver.media;

import static io.kbsserver.api.OperationId.DOWNLOAD_TICKET_FILE;
import static io.kbsserver.api.OperationId.GET_MEDIA;
import static io.kbsserver.api.OperationId.GET_USER;
import static io.kbsserver.api.OperationId.LIST_MEDIA;

import io.kbsserver.api.model.MediaFile;
import io.kbsserver.api.model.MediaLinks;
import io.kbsserver.api.model.MediaText;
import io.kbsserver.link.Links;
import io.kbsserver.rest.address.BaseUrl;
import io.kbsserver.site.CurrentSite;
import io.kbsserver.site.Setting;
import io.kbsserver.site.WallClock;
import io.kbsserver.text.Rendering;
import jakarta.inject.Singleton;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;

/** Turns media into what goes over the wire. */
@Singleton
class MediaRepresentation {

  private final Links links;
  private final BaseUrl baseUrl;
  private final CurrentSite settings;

  MediaRepresentation(Links links, BaseUrl baseUrl, CurrentSite settings) {
    this.links = links;
    this.baseUrl = baseUrl;
    this.settings = settings;
  }

  MediaFile of(MediaView media, MediaPurpose purpose) {
    boolean edit = purpose == MediaPurpose.EDIT;
    boolean picture = media.type().startsWith("image/");
    String title = Rendering.title(media.title());
    String link = baseUrl.ofServer() + "/?attachment_id=" + media.id();
    String slug = media.slug().isEmpty() ? String.valueOf(media.id()) : media.slug();
    String address = links.href(DOWNLOAD_TICKET_FILE, media.ticketId(), media.id());
    MediaFile.LastStep shown =
        MediaFile.builder()
            .id(media.id())
            .date(date(media.times().date()))
            .slug(slug)
            .type("attachment")
            .link(link)
            .title(text(media.title(), title, edit))
            .author(media.authorId() == null ? 0 : media.authorId())
            .caption(text("", picture ? "" : "<p>" + title + "</p>\n", edit))
            .altText("")
            .mediaType(picture ? "image" : "file")
            .mimeType(media.type())
            .mediaDetails(Map.of())
            .sourceUrl(address)
            ._links(
                MediaLinks.builder()
                    .self(links.to(GET_MEDIA, media.id()))
                    .collection(links.to(LIST_MEDIA))
                    .author(links.toEmbeddable(GET_USER, media.authorId()))
                    .build());
    if (purpose == MediaPurpose.EMBED) {
      return shown.build();
    }
    shown
        .dateGmt(date(media.times().dateGmt()))
        .guid(text(address, address, edit))
        .modified(date(media.times().modified()))
        .modifiedGmt(date(media.times().modifiedGmt()))
        .status("inherit")
        .commentStatus(media.commentStatus())
        .pingStatus(media.pingStatus())
        .template("")
        .meta(Map.of())
        .description(
            text(
                "",
                "<p class=\"attachment\"><a href='%s'>%s</a></p>\n".formatted(address, title),
                edit))
        .post(media.parent());
    return edit
        ? shown.permalinkTemplate(link).generatedSlug(slug).missingImageSizes(List.of()).build()
        : shown.build();
  }

  private static MediaText text(String raw, String rendered, boolean edit) {
    MediaText.LastStep text = MediaText.builder().rendered(rendered);
    return edit ? text.raw(raw).build() : text.build();
  }

  private String date(LocalDateTime date) {
    return WallClock.wire(date, settings.current().get(Setting.TIME_ZONE));
  }
}
