package io.kbsserver.media;

/** What media are shown for, which says how much of them is. */
enum MediaPurpose {
  EMBED,
  VIEW,
  EDIT
}
