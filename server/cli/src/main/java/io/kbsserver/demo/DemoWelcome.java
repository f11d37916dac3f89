package io.kbsserver.demo;

import io.kbsserver.demo.DemoSite.DemoLogin;
import io.kbsserver.rest.discovery.WelcomeNote;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;

/** Shows the login of a demo on its home page; anybody may have it. */
@Singleton
@Requires(property = DemoSite.SERVED, value = "true")
class DemoWelcome implements WelcomeNote {

  private final DemoSite demo;

  DemoWelcome(DemoSite demo) {
    this.demo = demo;
  }

  @Override
  public String html() {
    return demo.login().map(DemoWelcome::paragraph).orElse("");
  }

  private static String paragraph(DemoLogin login) {
    return "<p>This is a demo. Its login is <code>"
        + login.login()
        + "</code>, with the application password <code>"
        + login.applicationPassword()
        + "</code>.</p>";
  }
}
