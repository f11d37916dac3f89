package io.kbsserver.pact;

import au.com.dius.pact.provider.junitsupport.Provider;
import au.com.dius.pact.provider.junitsupport.filter.InteractionFilter;
import au.com.dius.pact.provider.junitsupport.loader.PactFilter;
import au.com.dius.pact.provider.junitsupport.loader.PactFolder;

/** The pacts of our own consumers, as they are committed: what is not of WordPress. */
@Provider("kbs-server")
@PactFolder("../pacts")
@PactFilter(
    value = "(?!" + OwnWordPressPactsTest.OF_WORDPRESS + ").*",
    filter = InteractionFilter.ByRequestPath.class)
class OwnPactsTest extends ProviderVerification {}
