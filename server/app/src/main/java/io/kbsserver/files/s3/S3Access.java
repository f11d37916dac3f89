package io.kbsserver.files.s3;

import io.kbsserver.logging.Secrets;
import io.kbsserver.storage.StartupFailure;
import io.micronaut.context.annotation.ConfigurationProperties;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * How an S3-compatible store is reached, and by whom.
 *
 * @param endpoint its address; null for that of Amazon
 * @param region its region; null for the one of the SDK's configuration, or none in particular
 * @param pathStyle whether the bucket stands in the path of addresses; null where the endpoint
 *     tells
 * @param accessKey who uses it; null for whom the SDK finds: environment, profile, machine
 * @param secretKey the secret of the access key
 */
@ConfigurationProperties("kbs.files")
public record S3Access(
    @Nullable URI endpoint,
    @Nullable String region,
    @Nullable Boolean pathStyle,
    @Nullable String accessKey,
    @Nullable String secretKey) {

  private static final Duration CONNECTING = Duration.ofSeconds(2);
  private static final Duration SILENCE = Duration.ofSeconds(20);
  private static final Duration ATTEMPT = Duration.ofSeconds(30);
  private static final Duration CALL = Duration.ofSeconds(70);

  /** What stores take that know no regions. */
  private static final Region ANY = Region.US_EAST_1;

  /** The same of properties as they are configured. */
  public static S3Access of(Map<String, Object> properties) {
    return new S3Access(
        (URI) properties.get("kbs.files.endpoint"),
        (String) properties.get("kbs.files.region"),
        (Boolean) properties.get("kbs.files.path-style"),
        (String) properties.get("kbs.files.access-key"),
        (String) properties.get("kbs.files.secret-key"));
  }

  /** The bucket at an address. Nothing is asked yet. */
  public Bucket bucket(S3Address address) {
    try {
      return new Bucket(client(), address);
    } catch (SdkClientException e) {
      throw new StartupFailure(
          "KBS_FILES_REGION is not set, and the configuration of AWS names none either", e);
    }
  }

  private S3Client client() {
    S3ClientBuilder builder =
        S3Client.builder()
            .httpClientBuilder(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(CONNECTING)
                    .socketTimeout(SILENCE))
            .credentialsProvider(kept(credentials()))
            .forcePathStyle(pathStyle == null ? endpoint != null : pathStyle)
            // Stores by others do not know the newer checksums; files have digests anyway.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .overrideConfiguration(
                limits -> limits.apiCallAttemptTimeout(ATTEMPT).apiCallTimeout(CALL));
    if (endpoint != null) {
      builder.endpointOverride(endpoint);
    }
    if (region != null) {
      builder.region(Region.of(region));
    } else if (endpoint != null) {
      builder.region(ANY);
    }
    return builder.build();
  }

  private AwsCredentialsProvider credentials() {
    if (accessKey == null && secretKey == null) {
      return DefaultCredentialsProvider.builder().build();
    }
    if (accessKey == null || secretKey == null) {
      throw new StartupFailure(
          (accessKey == null ? "KBS_FILES_SECRET_KEY_FILE" : "KBS_FILES_ACCESS_KEY")
              + " is set but "
              + (accessKey == null ? "KBS_FILES_ACCESS_KEY" : "KBS_FILES_SECRET_KEY_FILE")
              + " is not: set both, or none for what the configuration of AWS says");
    }
    return StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey));
  }

  /** The same, and no log shows a secret of them. */
  private static AwsCredentialsProvider kept(AwsCredentialsProvider provider) {
    return () -> {
      AwsCredentials credentials = provider.resolveCredentials();
      Secrets.keep(credentials.secretAccessKey());
      if (credentials instanceof AwsSessionCredentials session) {
        Secrets.keepForAMinute(session.sessionToken());
      }
      return credentials;
    };
  }

  /** Leaves the secret out. */
  @Override
  public String toString() {
    return "S3 at " + (endpoint == null ? "Amazon" : endpoint);
  }
}
