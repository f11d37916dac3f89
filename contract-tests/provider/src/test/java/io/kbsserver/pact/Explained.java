package io.kbsserver.pact;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What the list of provider states says about one of them. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Explained {

  /** What is so in this state. */
  String value();

  /** What can be said about it: name, colon, meaning, semicolon, default. */
  String[] parameters() default {};

  /** What it brings to be used in {@code ${…}}: name, colon, meaning. */
  String[] brings() default {};
}
