package io.kbsserver.pact;

import au.com.dius.pact.provider.junitsupport.Provider;
import au.com.dius.pact.provider.junitsupport.filter.InteractionFilter;
import au.com.dius.pact.provider.junitsupport.loader.PactFilter;
import au.com.dius.pact.provider.junitsupport.loader.PactFolder;

/** The pacts of our own consumers, as they are committed: what WordPress has as well. */
@Provider("kbs-server")
@PactFolder("../pacts")
@PactFilter(
    value = OwnWordPressPactsTest.OF_WORDPRESS + ".*",
    filter = InteractionFilter.ByRequestPath.class)
class OwnWordPressPactsTest extends ProviderVerification {

  /** Where the paths begin that are about half of all; the others are verified beside them. */
  static final String OF_WORDPRESS = "/wp-json/wp/";
}
