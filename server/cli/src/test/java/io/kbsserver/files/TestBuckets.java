package io.kbsserver.files;

import io.kbsserver.files.s3.S3Access;
import io.kbsserver.files.s3.S3Address;
import io.kbsserver.testing.TestObjectStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Stores of files for tests, and what is in them. */
final class TestBuckets {

  private TestBuckets() {}

  static S3Access access(String endpoint) {
    return new S3Access(
        URI.create(endpoint), null, null, TestObjectStore.ACCESS_KEY, TestObjectStore.SECRET_KEY);
  }

  private static S3Client client() {
    return S3Client.builder()
        .endpointOverride(URI.create(TestObjectStore.get().endpoint()))
        .region(Region.EU_CENTRAL_1)
        .forcePathStyle(true)
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(TestObjectStore.ACCESS_KEY, TestObjectStore.SECRET_KEY)))
        .build();
  }

  /** A place of its own. */
  static S3Address make() {
    return S3Address.parse("s3://" + TestObjectStore.get().createBucket() + "/help/desk");
  }

  /** The names of all that is there. */
  static List<String> contents(StoreLocation location) throws IOException {
    if (location instanceof BucketLocation remote) {
      return TestObjectStore.get().keys(remote.bucket().address().bucket());
    }
    Path folder = ((FolderLocation) location).folder();
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  /** Begins to send a file in parts, and goes. */
  static void beginParts(StoreLocation location) {
    if (location instanceof BucketLocation remote) {
      S3Address address = remote.bucket().address();
      try (S3Client client = client()) {
        client.createMultipartUpload(
            begin -> begin.bucket(address.bucket()).key(address.prefix() + "a/incoming/cut-off"));
      }
    }
  }

  static int begunParts(StoreLocation location) {
    return location instanceof BucketLocation remote
        ? TestObjectStore.get().begunParts(remote.bucket().address().bucket())
        : 0;
  }
}
