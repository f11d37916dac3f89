package io.kbsserver.text;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Which elements, attributes and character references may be stored by users without a say. */
final class AllowedMarkup {

  /** A title takes a few inline elements. */
  static final AllowedMarkup TITLE = new AllowedMarkup(false);

  /** A content takes what formats text; nothing that runs, embeds a page or takes input to send. */
  static final AllowedMarkup CONTENT = new AllowedMarkup(true);

  /** Attributes that hold an address. */
  private static final Set<String> ADDRESSES =
      words(
          "action archive background cite classid codebase data formaction href icon longdesc"
              + " manifest poster profile src usemap xmlns");

  private static final Set<String> EVERYWHERE =
      words(
          "aria-controls aria-current aria-describedby aria-details aria-expanded aria-hidden"
              + " aria-label aria-labelledby class dir id lang role style title xml:lang");

  /** The named character references of HTML 4, which every consumer knows. */
  private static final Set<String> REFERENCES =
      words(
          "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg"
              + " plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12"
              + " frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute"
              + " Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml"
              + " times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc"
              + " atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml"
              + " eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml"
              + " yacute thorn yuml quot amp lt gt apos OElig oelig Scaron scaron Yuml circ tilde"
              + " ensp emsp thinsp zwnj zwj lrm rlm ndash mdash lsquo rsquo sbquo ldquo rdquo bdquo"
              + " dagger Dagger permil lsaquo rsaquo euro fnof Alpha Beta Gamma Delta Epsilon Zeta"
              + " Eta Theta Iota Kappa Lambda Mu Nu Xi Omicron Pi Rho Sigma Tau Upsilon Phi Chi Psi"
              + " Omega alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi"
              + " omicron pi rho sigmaf sigma tau upsilon phi chi psi omega thetasym upsih piv bull"
              + " hellip prime Prime oline frasl weierp image real trade alefsym larr uarr rarr"
              + " darr harr crarr lArr uArr rArr dArr hArr forall part exist empty nabla isin notin"
              + " ni prod sum minus lowast radic prop infin ang and or cap cup int sim cong asymp"
              + " ne equiv le ge sub sup nsub sube supe oplus otimes perp sdot lceil rceil lfloor"
              + " rfloor lang rang loz spades clubs hearts diams there4");

  private final Map<String, Set<String>> elements = new HashMap<>();
  private final boolean everywhere;

  private AllowedMarkup(boolean content) {
    everywhere = content;
    if (content) {
      allowContent();
    } else {
      allow("a", "href title");
      allow("abbr acronym", "title");
      allow("b code em i s strike strong", "");
      allow("blockquote q", "cite");
      allow("cite", "");
      allow("del", "datetime");
    }
  }

  private void allowContent() {
    allow(
        "abbr acronym address b bdo big cite code dd dfn dl dt em fieldset footer h1 h2 h3 h4 h5"
            + " h6 header hgroup i kbd mark menu p rb rp rt rtc ruby s samp section small span"
            + " strike strong sub summary sup title tt u ul var nav main article aside details div"
            + " figure figcaption",
        "align");
    allow("a", "href rel rev name target download");
    allow("area", "alt coords href nohref shape target");
    allow("audio", "autoplay controls loop muted preload src");
    allow("blockquote", "cite");
    allow("br", "");
    allow("button", "disabled name type value");
    allow("caption", "align");
    allow("col colgroup", "align char charoff span valign width");
    allow("del ins", "datetime cite");
    allow("details", "align open");
    allow("font", "color face size");
    allow("hr", "align noshade size width");
    allow("img", "alt align border height hspace loading longdesc vspace src usemap width");
    allow("label", "for");
    allow("legend", "align");
    allow("li", "align value");
    allow("map", "name");
    allow("menu", "type");
    allow("ol", "start type reversed");
    allow("pre", "width");
    allow("q", "cite");
    allow("table", "align bgcolor border cellpadding cellspacing rules summary width");
    allow("tbody tfoot thead", "align char charoff valign");
    allow(
        "td th",
        "abbr align axis bgcolor char charoff colspan headers height nowrap rowspan scope valign"
            + " width");
    allow("textarea", "cols rows disabled name readonly");
    allow("tr", "align bgcolor char charoff valign");
    allow("track", "default kind label src srclang");
    allow("ul", "type");
    allow("video", "autoplay controls height loop muted playsinline poster preload src width");
  }

  private void allow(String names, String attributes) {
    for (String name : words(names)) {
      elements.computeIfAbsent(name, n -> new HashSet<>()).addAll(words(attributes));
    }
  }

  private static Set<String> words(String list) {
    return list.isEmpty() ? Set.of() : Set.of(list.split(" "));
  }

  boolean element(String name) {
    return elements.containsKey(lower(name));
  }

  boolean attribute(String element, String name) {
    String attribute = lower(name);
    Set<String> own = elements.getOrDefault(lower(element), Set.of());
    return own.contains(attribute)
        || everywhere && (EVERYWHERE.contains(attribute) || isData(attribute));
  }

  private static boolean isData(String attribute) {
    if (!attribute.startsWith("data-") || attribute.length() == "data-".length()) {
      return false;
    }
    return attribute.chars().allMatch(c -> c == '_' || Markup.isNameChar((char) c));
  }

  /** Whether the attribute holds an address, whose scheme has to be looked at. */
  static boolean isAddress(String attribute) {
    return ADDRESSES.contains(lower(attribute));
  }

  /** Whether a character reference of that name is known. */
  static boolean reference(String name) {
    return REFERENCES.contains(name);
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
