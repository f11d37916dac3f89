package io.kbsserver.site;

import java.util.List;

/** The values that a site has registered under a format of the contract. */
public interface NamedValues {

  /** The format that the contract states for such values. */
  String format();

  /** The values that exist now. */
  List<String> values();
}
