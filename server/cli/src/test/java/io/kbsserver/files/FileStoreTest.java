package io.kbsserver.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.testing.TestFolders;
import io.kbsserver.testing.TestObjectStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every kind of store does. */
class FileStoreTest {

  /** More than one part of those in which files are sent, and copied. */
  private static final int LARGE = 32 * 1024 * 1024 + 17;

  private static final UnaryOperator<Collection<String>> NONE = asked -> Set.of();
  private static final UnaryOperator<Collection<String>> ALL = asked -> asked;

  enum Kind {
    FOLDER {
      @Override
      StoreLocation make() {
        return new FolderLocation(
            TestFolders.dataFolder("stores-" + UUID.randomUUID()), Clock.systemUTC());
      }
    },
    BUCKET {
      @Override
      StoreLocation make() {
        TestObjectStore store = TestObjectStore.get();
        return new BucketLocation(TestBuckets.access(store.endpoint()).bucket(TestBuckets.make()));
      }
    };

    abstract StoreLocation make();
  }

  private static FileStore store(Kind kind) throws IOException {
    FileStore store = kind.make().open("a");
    assertTrue(store.claim("here"));
    return store;
  }

  private static String keep(FileStore store, byte[] content) throws IOException {
    try (IncomingFile incoming = store.receive(new ByteArrayInputStream(content), "a.txt")) {
      incoming.keep();
      return incoming.file().sha256();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static String text(FileStore store, String sha256, long from) throws IOException {
    try (InputStream in = store.open(sha256, from)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private static Instant later() {
    return Instant.now().plus(Duration.ofMinutes(1));
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void aContentIsThereWhenItIsKept(Kind kind) throws Exception {
    FileStore store = store(kind);
    String sha256;
    try (IncomingFile incoming =
        store.receive(new ByteArrayInputStream(bytes("<html>")), "a.txt")) {
      sha256 = incoming.file().sha256();
      assertEquals(
          new StoredFile(
              HexFormat.of()
                  .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes("<html>"))),
              6,
              "text/html"),
          incoming.file());
      assertFalse(store.has(sha256));
      assertThrows(NoSuchFileException.class, () -> store.open(sha256, 0));
      assertEquals(Set.of(), store.all());
      incoming.keep();
      assertTrue(store.has(sha256));
    }
    assertEquals("<html>", text(store, sha256, 0));
    assertEquals("ml>", text(store, sha256, 3));
    assertEquals(Set.of(sha256), store.all());
    assertEquals(sha256, keep(store, bytes("<html>")));
    assertEquals(Set.of(sha256), store.all());
    String empty = keep(store, bytes(""));
    assertEquals("", text(store, empty, 0));
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void aLargeContentGoesInAndOut(Kind kind) throws IOException {
    StoreLocation location = kind.make();
    FileStore store = location.open("a");
    byte[] large = new byte[LARGE];
    new Random(5).nextBytes(large);
    String sha256 = keep(store, large);
    try (InputStream in = store.open(sha256, 0)) {
      assertArrayEquals(large, in.readAllBytes());
    }
    try (InputStream in = store.open(sha256, LARGE - 5)) {
      assertArrayEquals(Arrays.copyOfRange(large, LARGE - 5, LARGE), in.readAllBytes());
    }
    // Whoever has read enough goes.
    try (InputStream in = store.open(sha256, 0)) {
      assertArrayEquals(Arrays.copyOf(large, 9), in.readNBytes(9));
    }
    large[0]++;
    try (IncomingFile unkept = store.receive(new ByteArrayInputStream(large), "a")) {
      assertFalse(store.has(unkept.file().sha256()));
    }
    assertEquals(Set.of(sha256), store.all());
    assertEquals(0, TestBuckets.begunParts(location));
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void ofWhatIsNotKeptNothingIsLeft(Kind kind) throws IOException {
    StoreLocation location = kind.make();
    FileStore store = location.open("a");
    store.claim("here");
    List<String> before = TestBuckets.contents(location);
    try (IncomingFile incoming = store.receive(new ByteArrayInputStream(bytes("unkept")), "a")) {
      assertEquals(6, incoming.file().size());
    }
    for (int length : new int[] {100, 9 * 1024 * 1024}) {
      InputStream broken =
          new SequenceInputStream(
              new ByteArrayInputStream(new byte[length]),
              new InputStream() {
                @Override
                public int read() throws IOException {
                  throw new IOException("The client is gone");
                }
              });
      IOException told = assertThrows(IOException.class, () -> store.receive(broken, "a"));
      assertEquals("The client is gone", told.getMessage());
    }
    assertEquals(before, TestBuckets.contents(location));
    keep(store, bytes("kept"));
    assertEquals(before.size() + 1, TestBuckets.contents(location).size());
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void whatNothingRefersToIsPutAsideAndDeletedLater(Kind kind) throws IOException {
    FileStore store = store(kind);
    String needed = keep(store, bytes("needed"));
    String unneeded = keep(store, bytes("unneeded"));
    UnaryOperator<Collection<String>> referred =
        asked -> asked.stream().filter(needed::equals).toList();
    Instant yesterday = Instant.now().minus(Duration.ofDays(1));
    assertEquals(0, store.sweep(yesterday, NONE));
    assertEquals(0, store.sweep(later(), referred));
    // It can still be read, and is still backed up.
    assertEquals("unneeded", text(store, unneeded, 0));
    assertTrue(store.has(unneeded));
    assertEquals(Set.of(needed, unneeded), store.all());
    assertEquals(0, store.sweep(yesterday, referred));
    // One with a row by now is put back.
    assertEquals(0, store.sweep(later(), ALL));
    assertEquals("unneeded", text(store, unneeded, 0));
    assertEquals(0, store.sweep(later(), referred));
    assertEquals(1, store.sweep(later(), referred));
    assertFalse(store.has(unneeded));
    assertThrows(NoSuchFileException.class, () -> store.open(unneeded, 0));
    assertEquals("needed", text(store, needed, 0));
    assertEquals(Set.of(needed), store.all());
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void whatIsLeftOfAWriteThatWasCutOffIsSwept(Kind kind) throws IOException {
    StoreLocation location = kind.make();
    FileStore store = location.open("a");
    store.claim("here");
    List<String> before = TestBuckets.contents(location);
    IncomingFile cutOff = store.receive(new ByteArrayInputStream(bytes("cut off")), "a");
    TestBuckets.beginParts(location);
    assertFalse(TestBuckets.contents(location).equals(before));
    store.sweep(Instant.now().minus(Duration.ofDays(1)), NONE);
    assertFalse(TestBuckets.contents(location).equals(before));
    store.sweep(later(), NONE);
    assertEquals(before, TestBuckets.contents(location));
    assertEquals(0, TestBuckets.begunParts(location));
    assertFalse(store.has(cutOff.file().sha256()));
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void aStoreIsThatOfOneDatabaseAndOthersAreBesideIt(Kind kind) throws IOException {
    StoreLocation location = kind.make();
    assertFalse(location.has("a"));
    FileStore store = location.open("a");
    assertTrue(location.has("a"));
    assertTrue(store.claim("here"));
    assertTrue(store.claim("here"));
    assertFalse(store.claim("elsewhere"));
    FileStore other = location.open("ab");
    String sha256 = keep(other, bytes("of the other"));
    assertFalse(store.has(sha256));
    store.sweep(later(), NONE);
    store.sweep(later(), NONE);
    assertTrue(other.has(sha256));
    other.check();
    location.delete("a");
    assertFalse(location.has("a"));
    assertTrue(other.has(sha256));
  }
}
