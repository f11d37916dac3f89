package io.kbsserver.site;

/** Which settings are in force. */
public interface CurrentSite {

  /** The settings in force. */
  Site current();
}
