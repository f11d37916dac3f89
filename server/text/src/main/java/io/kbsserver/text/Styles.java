package io.kbsserver.text;

import java.util.Locale;
import java.util.Set;

/** Keeps of a style attribute what can neither cover a page nor load or run anything. */
final class Styles {

  private static final Set<String> PROPERTIES =
      Set.of(
          ("background background-attachment background-blend-mode background-color"
                  + " background-image background-position background-size border border-bottom"
                  + " border-bottom-color border-bottom-left-radius border-bottom-right-radius"
                  + " border-bottom-style border-bottom-width border-collapse border-color"
                  + " border-left border-left-color border-left-style border-left-width"
                  + " border-radius border-right border-right-color border-right-style"
                  + " border-right-width border-spacing border-style border-top border-top-color"
                  + " border-top-left-radius border-top-right-radius border-top-style"
                  + " border-top-width border-width caption-side clear color column-count"
                  + " column-fill column-gap column-rule column-span column-width columns cursor"
                  + " direction float font font-family font-size font-style font-variant"
                  + " font-weight gap row-gap height letter-spacing line-height list-style-type"
                  + " margin margin-bottom margin-left margin-right margin-top margin-block-end"
                  + " margin-block-start margin-inline-end margin-inline-start max-height"
                  + " max-width min-height min-width object-fit object-position overflow padding"
                  + " padding-bottom padding-left padding-right padding-top padding-block-end"
                  + " padding-block-start padding-inline-end padding-inline-start text-align"
                  + " text-decoration text-indent text-transform vertical-align width flex"
                  + " flex-basis flex-direction flex-flow flex-grow flex-shrink flex-wrap"
                  + " align-content align-items align-self justify-content justify-items"
                  + " justify-self grid-template-columns grid-auto-columns grid-column-start"
                  + " grid-column-end grid-column-gap grid-template-rows grid-auto-rows"
                  + " grid-row-start grid-row-end grid-row-gap grid-gap")
              .split(" "));

  private static final Set<String> WITH_ADDRESS =
      Set.of("background", "background-image", "cursor");

  private static final Set<String> FUNCTIONS =
      Set.of("calc", "var", "min", "max", "minmax", "clamp");

  private Styles() {}

  /** The declarations that may stay, or an empty string. */
  static String safe(String style) {
    StringBuilder out = new StringBuilder();
    String oneLine = style.replace("\n", "").replace("\r", "").replace("\t", "");
    for (String part : oneLine.split(";")) {
      String declaration = PlainText.trim(part);
      int colon = declaration.indexOf(':');
      if (colon > 0 && isSafe(declaration, colon)) {
        out.append(out.isEmpty() ? "" : ";").append(declaration);
      }
    }
    return out.toString();
  }

  private static boolean isSafe(String declaration, int colon) {
    String property = PlainText.trim(declaration.substring(0, colon));
    String value = PlainText.trim(declaration.substring(colon + 1));
    if (!PROPERTIES.contains(property) || value.contains("/*")) {
      return false;
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      // Escapes and character references could spell anything.
      if (c == '\\' || c == '&' || c == '=' || c == '}' || c == '{' || c == '<' || c == '>') {
        return false;
      }
      if (c == '(') {
        int name = startOfName(value, i);
        String function = value.substring(name, i).toLowerCase(Locale.ROOT);
        if (function.equals("url") && WITH_ADDRESS.contains(property)) {
          int close = value.indexOf(')', i);
          if (close < 0 || !isSafeAddress(value.substring(i + 1, close))) {
            return false;
          }
          i = close;
        } else if (!FUNCTIONS.contains(function)) {
          return false;
        }
      }
    }
    return true;
  }

  private static int startOfName(String value, int end) {
    int i = end;
    while (i > 0 && Markup.isNameChar(value.charAt(i - 1))) {
      i--;
    }
    return i;
  }

  private static boolean isSafeAddress(String quoted) {
    String address = PlainText.trim(quoted);
    if (address.length() > 1
        && (address.charAt(0) == '"' || address.charAt(0) == '\'')
        && address.charAt(address.length() - 1) == address.charAt(0)) {
      address = address.substring(1, address.length() - 1);
    }
    for (int i = 0; i < address.length(); i++) {
      if ("\"'(\\&".indexOf(address.charAt(i)) >= 0) {
        return false;
      }
    }
    return !address.isEmpty() && Addresses.withoutBadScheme(address).equals(address);
  }
}
