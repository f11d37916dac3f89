package io.kbsserver.pact;

import au.com.dius.pact.provider.junitsupport.Provider;
import au.com.dius.pact.provider.junitsupport.loader.PactFolder;

/** The pacts of our own consumers, as they are committed. */
@Provider("kbs-server")
@PactFolder("../pacts")
class OwnPactsTest extends ProviderVerification {}
