package io.kbsserver.compare;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What has to be true of the tickets and of who asks for a row of the list to mean a difference. A
 * row names it in these words, so that it fits any site.
 */
public enum Circumstance {
  /**
   * The plugin has refused a list over its own statuses, as it does with every list, and over
   * nothing else that we do not refuse as well.
   */
  @JsonProperty("the plugin lists no tickets")
  LISTS_NOTHING {
    @Override
    boolean holds(Situation situation, Difference difference) {
      SiteAnswer wanted = Situation.unwrapped(situation.wanted());
      boolean head = situation.occasion().request().startsWith("HEAD ");
      Set<String> refused = wanted.params();
      if (!situation.facts().listsNothing()
          || wanted.status() != 400
          || !(head || refused.remove("status"))) {
        return false;
      }
      SiteAnswer got = Situation.unwrapped(situation.got());
      // Whoever has nothing against a parameter may still find that there is no such page.
      return !difference.where().equals("data.params")
          || refused.equals(got.params())
          || refused.isEmpty() && !got.code().equals("rest_invalid_param");
    }
  },
  /** Who asks has a login and is no agent. */
  @JsonProperty("a customer asks")
  CUSTOMER_ASKS {
    @Override
    boolean holds(Situation situation, Difference difference) {
      return situation.facts().mayBeCustomer();
    }
  },
  /** Who asks is an agent who sees only what concerns him. */
  @JsonProperty("an agent with a restricted view asks")
  RESTRICTED_AGENT_ASKS {
    @Override
    boolean holds(Situation situation, Difference difference) {
      return situation.facts().mayBeRestrictedAgent();
    }
  },
  /** Who asks may see all tickets that we show and the plugin does not. */
  @JsonProperty("what only we show is the caller's to see")
  SHOWN_IS_VISIBLE {
    @Override
    boolean holds(Situation situation, Difference difference) {
      return situation.shown().stream().allMatch(situation.facts()::maySee);
    }
  },
  /** No ticket that the plugin shows and we do not has a customer. */
  @JsonProperty("what only the plugin shows has no customer")
  HIDDEN_HAS_NO_CUSTOMER {
    @Override
    boolean holds(Situation situation, Difference difference) {
      return situation.hidden().stream().allMatch(situation.facts()::mayHaveNoCustomer);
    }
  },
  /** The plugin shows nothing that we do not, and in the same order. */
  @JsonProperty("our first page begins as the plugin's")
  BEGINS_ALIKE {
    @Override
    boolean holds(Situation situation, Difference difference) {
      List<String> wanted = ids(situation.wanted());
      List<String> got = ids(situation.got());
      return situation.number("page", 1) > 1
          || situation.number("offset", 0) != 0
          || got.size() >= wanted.size() && got.subList(0, wanted.size()).equals(wanted);
    }
  },
  /**
   * In each place both answers have the same value in the column that is sorted by. A ticket that
   * is on one page only shares its value with the first or the last of a page that others follow.
   */
  @JsonProperty("only equal values change places")
  TIES {
    @Override
    boolean holds(Situation situation, Difference difference) {
      String column = situation.text("orderby");
      List<String> wanted = keys(Situation.tickets(situation.wanted()), column);
      List<String> moved =
          keys(
              Stream.concat(situation.hidden().stream(), situation.shown().stream()).toList(),
              column);
      return Situation.tickets(situation.wanted()).stream().allMatch(one -> one.has(column))
          && wanted.equals(keys(Situation.tickets(situation.got()), column))
          && (moved.isEmpty()
              || Pages.totalOf(situation.wanted()) > wanted.size()
                  && List.of(wanted.get(0), wanted.get(wanted.size() - 1)).containsAll(moved));
    }
  },
  /**
   * Our page is sorted by the agent or the customer, where it shows them, and has other tickets
   * than the plugin's only where pages follow.
   */
  @JsonProperty("ours is sorted by that person")
  SORTED_BY_PERSON {
    @Override
    boolean holds(Situation situation, Difference difference) {
      List<JsonNode> page = Situation.tickets(situation.got());
      List<JsonNode> people =
          page.stream()
              .map(ticket -> ticket.path("ticket_data").path(situation.text("orderby")))
              .filter(person -> !person.isMissingNode())
              .toList();
      boolean ascending = situation.text("order").equals("asc");
      boolean sorted = true;
      for (int i = 1; i < people.size(); i++) {
        int compared = Long.compare(people.get(i - 1).asLong(), people.get(i).asLong());
        sorted &= ascending ? compared <= 0 : compared >= 0;
      }
      boolean same = situation.shown().isEmpty() && situation.hidden().isEmpty();
      return sorted && (same || Pages.totalOf(situation.wanted()) > page.size());
    }
  },
  /** Whatever their ids, both answers show the same texts, and in the same order. */
  @JsonProperty("the same texts stand in the same places")
  SAME_TEXTS {
    @Override
    boolean holds(Situation situation, Difference difference) {
      return contents(situation.wanted()).equals(contents(situation.got()));
    }
  },
  /** We show what the plugin shows, but for the newest of the replies to a ticket. */
  @JsonProperty("ours has one reply less")
  ONE_REPLY_LESS {
    @Override
    boolean holds(Situation situation, Difference difference) {
      String where = difference.where();
      if (where.endsWith("body")) {
        List<String> wanted = ids(situation.wanted());
        List<String> got = ids(situation.got());
        List<String> others = wanted.subList(Math.min(1, wanted.size()), wanted.size());
        return got.size() >= others.size() && got.subList(0, others.size()).equals(others);
      }
      return !where.matches("x-wp-total|.*\\.replies")
          || Long.parseLong(difference.wanted()) == count(difference.got()) + 1;
    }
  },
  /** The site restricts the view of agents. */
  @JsonProperty("agents see only what concerns them")
  RESTRICTED_VIEW {
    @Override
    boolean holds(Situation situation, Difference difference) {
      return situation.facts().mayRestrictAgents();
    }
  },
  /** Our total, number of pages and page fit together, and the total is right where it is known. */
  @JsonProperty("our totals and pages add up")
  PAGES_ADD_UP {
    @Override
    boolean holds(Situation situation, Difference difference) {
      return Pages.of(situation).addUp();
    }
  },
  /** One of the tickets that were asked for has a password, which the plugin cannot bear. */
  @JsonProperty("a ticket is protected by a password")
  PROTECTED {
    @Override
    boolean holds(Situation situation, Difference difference) {
      return situation.wanted().code().matches("|internal_server_error")
          && situation.facts().mayMeetProtected();
    }
  },
  /** A shortcode that is not WordPress's own stands in what we show, and not in the plugin's. */
  @JsonProperty("the text has a shortcode of a plugin")
  PLUGIN_SHORTCODE {
    @Override
    boolean holds(Situation situation, Difference difference) {
      String wanted = rendered(Situation.ticket(situation.wanted(), difference)).asText();
      JsonNode ticket = Situation.ticket(situation.got(), difference);
      String raw = ticket.path("content").path("raw").asText(rendered(ticket).asText());
      return SHORTCODE
          .matcher(rendered(ticket).asText())
          .results()
          .map(MatchResult::group)
          .anyMatch(code -> raw.contains(code) && !wanted.contains(code));
    }
  },
  /** The text has a file to play, and both answers have the same words around its address. */
  @JsonProperty("the text has a file to play")
  PLAYER {
    @Override
    boolean holds(Situation situation, Difference difference) {
      return rawText(situation, difference, "\\[(?:audio|video)\\b")
          && words(rendered(Situation.ticket(situation.wanted(), difference)))
              .equals(words(rendered(Situation.ticket(situation.got(), difference))));
    }
  },
  /** The text has a smiley for which WordPress has a picture and no character. */
  @JsonProperty("the text has a smiley that is a picture")
  PICTURE_SMILEY {
    @Override
    boolean holds(Situation situation, Difference difference) {
      JsonNode wanted = rendered(Situation.ticket(situation.wanted(), difference));
      JsonNode got = rendered(Situation.ticket(situation.got(), difference));
      return IMAGE_OF_SMILEY.matcher(wanted.asText()).replaceAll("$1").equals(got.asText());
    }
  },
  /** The offset of the day of the answer was taken for a moment that has another one. */
  @JsonProperty("the plugin took today's offset from UTC")
  OFFSET_OF_TODAY {
    @Override
    boolean holds(Situation situation, Difference difference) {
      return offsetOfToday(situation, difference);
    }
  },
  /** The company that the plugin links to does not exist. */
  @JsonProperty("the company does not exist")
  NO_COMPANY {
    @Override
    boolean holds(Situation situation, Difference difference) {
      JsonNode ticket = Situation.ticket(situation.wanted(), difference);
      String href = ticket.path("_links").path("company").path(0).path("href").asText();
      return href.matches(".*/companies/\\d{1,18}")
          && situation
              .facts()
              .mayBeNoCompany(Long.parseLong(href.substring(href.lastIndexOf('/') + 1)));
    }
  },
  /** The plugin shows customers as without any parameter: from the newest on, 20 at most. */
  @JsonProperty("the plugin shows the newest customers")
  NEWEST_CUSTOMERS {
    @Override
    boolean holds(Situation situation, Difference difference) {
      List<Long> ids =
          ids(situation.wanted()).stream()
              .filter(id -> id.matches("\\d{1,18}"))
              .map(Long::valueOf)
              .toList();
      return ids.size() <= MOST_CUSTOMERS
          && ids.equals(ids.stream().sorted(Comparator.reverseOrder()).toList());
    }
  },
  /** The plugin made a customer of nothing. */
  @JsonProperty("the plugin shows a customer who is nobody")
  NOBODY {
    @Override
    boolean holds(Situation situation, Difference difference) {
      JsonNode body = Situation.unwrapped(situation.wanted()).body();
      return body == null || body.at("/_links/self/0/href").asText().endsWith("/customers/0");
    }
  },
  /** The plugin gave out a number that another ticket has, and we did not. */
  @JsonProperty("the plugin's number was taken, ours was not")
  NUMBER_WAS_TAKEN {
    @Override
    boolean holds(Situation situation, Difference difference) {
      JsonNode wanted = Situation.ticket(situation.wanted(), difference);
      JsonNode got = Situation.ticket(situation.got(), difference);
      long id = got.path("id").asLong();
      Facts facts = situation.facts();
      return facts.mayBeTaken(number(wanted), id) && !facts.mayBeTaken(number(got), id);
    }
  },
  /** The plugin has sent a text that was stored long ago through its filter once more. */
  @JsonProperty("the plugin filtered the text again")
  FILTERED_AGAIN {
    @Override
    boolean holds(Situation situation, Difference difference) {
      JsonNode wanted = Situation.ticket(situation.wanted(), difference);
      JsonNode got = Situation.ticket(situation.got(), difference);
      String field = difference.where().contains("title") ? "title" : "content";
      return situation.facts().mayBeFiltered(field, got.path(field), wanted.path(field));
    }
  },
  /** Our number of what has a term is smaller than the plugin's, and all that is here. */
  @JsonProperty("we count fewer, all that are here")
  COUNTS_FEWER {
    @Override
    boolean holds(Situation situation, Difference difference) {
      JsonNode term = Situation.ticket(situation.got(), difference);
      return difference.wanted().matches("\\d{1,18}")
          && difference.got().matches("\\d{1,18}")
          && Long.parseLong(difference.got()) < Long.parseLong(difference.wanted())
          && situation
              .facts()
              .mayBeAllThatHave(term.path("id").asLong(), Long.parseLong(difference.got()));
    }
  },
  /** We show nothing that the plugin does not, but where pages follow, and count fewer. */
  @JsonProperty("ours are some of the plugin's")
  SOME_OF_THEM {
    @Override
    boolean holds(Situation situation, Difference difference) {
      long all = Pages.totalOf(situation.wanted());
      boolean pagesFollow = all > Situation.tickets(situation.wanted()).size();
      return (pagesFollow || situation.shown().isEmpty()) && Pages.totalOf(situation.got()) < all;
    }
  },
  /** Both sites miss a field. */
  @JsonProperty("both say that a field is missing")
  FIELD_IS_MISSING {
    @Override
    boolean holds(Situation situation, Difference difference) {
      return Stream.of(situation.wanted(), situation.got())
          .allMatch(answer -> answer.code().equals("required_fields"));
    }
  },
  /**
   * All that the plugin finds and we do not hides its text from who asks, and we find nothing else
   * than the plugin, but where pages follow.
   */
  @JsonProperty("what only the plugin finds hides its text")
  HIDDEN_TEXT {
    @Override
    boolean holds(Situation situation, Difference difference) {
      boolean pagesFollow =
          Pages.totalOf(situation.wanted()) > Situation.tickets(situation.wanted()).size();
      return situation.hidden().stream().allMatch(Circumstance::hidesItsText)
          && (pagesFollow || situation.shown().isEmpty() && !situation.hidden().isEmpty())
          && Pages.totalOf(situation.got()) < Pages.totalOf(situation.wanted());
    }
  },
  /** Of the text, we leave out what runs or loads something into the page, and no word. */
  @JsonProperty("only what runs in a page is missing")
  RUNS_IN_A_PAGE {
    @Override
    boolean holds(Situation situation, Difference difference) {
      String field = difference.where().contains("excerpt") ? "excerpt" : "content";
      JsonNode wanted = Situation.ticket(situation.wanted(), difference).path(field);
      JsonNode got = Situation.ticket(situation.got(), difference).path(field);
      return RUNNING.matcher(wanted.path("rendered").asText()).find()
          && !RUNNING.matcher(got.path("rendered").asText()).find()
          && words(wanted.path("rendered")).equals(words(got.path("rendered")));
    }
  },
  /** Both texts are the same but for backslashes, of which we have kept those that were sent. */
  @JsonProperty("only backslashes differ")
  BACKSLASHES {
    @Override
    boolean holds(Situation situation, Difference difference) {
      String wanted = difference.wanted().replace("\\", "");
      return wanted.equals(difference.got().replace("\\", ""))
          && difference.got().length() > difference.wanted().length();
    }
  };

  /** As many customers as the plugin shows. */
  private static final int MOST_CUSTOMERS = 20;

  /** What WordPress puts in place of a smiley; the only one left in 6.1 is {@code :mrgreen:}. */
  private static final Pattern IMAGE_OF_SMILEY =
      Pattern.compile("<img src=\"[^\"]*\" alt=\"(:[a-z]+:)\" class=\"wp-smiley\"[^>]*>");

  /** The start of one that is not among those of WordPress itself. */
  private static final Pattern SHORTCODE =
      Pattern.compile(
          "\\[(?!(?:gallery|playlist|caption|wp_caption|audio|video|embed)\\b)[A-Za-z][\\w-]*");

  /** What the plugin shows in the place of an article's text that is for others. */
  private static final String INSTEAD = "<p> ?\\. \\. \\.</p>\\s*";

  /** The start of an element that runs, loads or sends something, or an attribute that does. */
  private static final Pattern RUNNING =
      Pattern.compile(
          "(?i)<(script|iframe|frame|object|embed|applet|form|input|button|select|textarea|style"
              + "|link|meta|base|svg)\\b|<[^>]*(\\son\\w+\\s*=|javascript:)");

  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern NOT_READ =
      Pattern.compile("(?is)<(script|style)\\b.*?</\\1>|<!--.*?-->|<[^>]*>");

  /** Whether it is so. */
  abstract boolean holds(Situation situation, Difference difference);

  private static List<String> ids(SiteAnswer answer) {
    return Situation.tickets(answer).stream().map(Situation::id).toList();
  }

  /** A number in an answer; where there is none, it is 0. */
  private static long count(String shown) {
    return shown.matches("\\d{1,18}") ? Long.parseLong(shown) : 0;
  }

  private static List<String> contents(SiteAnswer answer) {
    return Situation.tickets(answer).stream()
        .map(item -> item.path("content").path("raw").asText())
        .toList();
  }

  /** The values of a column; titles are sorted without regard to case and accents. */
  private static List<String> keys(List<JsonNode> tickets, String column) {
    return tickets.stream()
        .map(ticket -> ticket.path(column))
        .map(value -> value.has("raw") ? value.get("raw").asText() : value.asText())
        .map(value -> MARKS.matcher(Normalizer.normalize(value, Form.NFKD)).replaceAll(""))
        .map(value -> value.toLowerCase(Locale.ROOT).stripTrailing())
        .toList();
  }

  private static String number(JsonNode ticket) {
    return ticket.path("ticket_data").path("number").asText();
  }

  private static JsonNode rendered(JsonNode ticket) {
    return ticket.path("content").path("rendered");
  }

  /** What a reader would read. */
  private static String words(JsonNode html) {
    return NOT_READ.matcher(html.asText()).replaceAll(" ").replaceAll("\\s+", " ").strip();
  }

  /** Restricted, or protected by a password; in whichever context it is shown. */
  private static boolean hidesItsText(JsonNode article) {
    return Stream.of("content", "excerpt")
        .map(article::path)
        .anyMatch(
            text ->
                text.path("protected").asBoolean()
                    || text.path("rendered").asText().matches(INSTEAD));
  }

  private static boolean rawText(Situation situation, Difference difference, String pattern) {
    JsonNode ticket = Situation.ticket(situation.got(), difference);
    return Pattern.compile(pattern).matcher(ticket.path("content").path("raw").asText()).find();
  }

  private static boolean offsetOfToday(Situation situation, Difference difference) {
    try {
      JsonNode ticket = Situation.ticket(situation.got(), difference);
      LocalDateTime local = LocalDateTime.parse(ticket.path("modified").asText());
      LocalDateTime wanted = LocalDateTime.parse(difference.wanted().replace("\"", ""));
      LocalDateTime got = LocalDateTime.parse(difference.got().replace("\"", ""));
      Duration ofToday = Duration.between(wanted, local);
      Duration ofThen = Duration.between(got, local);
      Optional<ZoneId> zone = situation.facts().zone();
      Optional<Instant> moment = situation.facts().moment();
      if (zone.isPresent() && moment.isPresent()) {
        return ofThen.equals(offset(zone.get(), got.toInstant(ZoneOffset.UTC)))
            && ofToday.equals(offset(zone.get(), moment.get()));
      }
      Duration apart = ofToday.minus(ofThen).abs();
      return apart.equals(Duration.ofHours(1)) || apart.equals(Duration.ofMinutes(30));
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static Duration offset(ZoneId zone, Instant moment) {
    return Duration.ofSeconds(zone.getRules().getOffset(moment).getTotalSeconds());
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
