package dovetail.auth.password;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * crypt(3) of the system, which is faster than what Java makes of the same loops: crypt_rn of
 * libxcrypt, on every Linux of today but not on all of yesterday's. For any thread.
 */
final class SystemCrypt {
  /** Of EL and Fedora, and of Debian and Ubuntu. */
  private static final List<String> NAMES = List.of("libcrypt.so.2", "libcrypt.so.1");

  /** The size of struct crypt_data, which libxcrypt will not change. */
  private static final int WORKSPACE_BYTES = 32_768;

  /** No hash is longer, with its end (CRYPT_OUTPUT_SIZE). */
  private static final int MOST_OUTPUT = 384;

  private static final Optional<MethodHandle> CRYPT_RN = crypt();

  private SystemCrypt() {}

  /**
   * Hashes a password.
   *
   * @param password without a NUL, as {@link Secret#possible} has it; stays as it is
   * @param setting what stands before the hash
   * @return setting and hash; nothing if the system has no such library, or that refuses
   */
  static Optional<String> hash(byte[] password, String setting) {
    return CRYPT_RN
        .flatMap(crypt -> hash(crypt, password, setting))
        // On some errors it writes "*0" or "*1", which begin no setting.
        .filter(written -> written.startsWith(setting) && written.length() > setting.length());
  }

  /** Whether the system has it. */
  static boolean isThere() {
    return CRYPT_RN.isPresent();
  }

  private static Optional<String> hash(MethodHandle crypt, byte[] password, String setting) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment phrase = arena.allocate(password.length + 1L);
      MemorySegment.copy(password, 0, phrase, JAVA_BYTE, 0, password.length);
      MemorySegment workspace = arena.allocate(WORKSPACE_BYTES);
      try {
        MemorySegment written =
            (MemorySegment)
                crypt.invokeExact(
                    phrase,
                    arena.allocateFrom(setting, StandardCharsets.US_ASCII),
                    workspace,
                    WORKSPACE_BYTES);
        return written.address() == 0 ? Optional.empty() : Optional.of(text(written));
      } finally {
        phrase.fill((byte) 0);
        workspace.fill((byte) 0);
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("crypt(3)", e);
    }
  }

  // A pointer from C has no bounds of its own; it lies in the workspace, at its beginning.
  @SuppressWarnings("restricted")
  private static String text(MemorySegment written) {
    return written.reinterpret(MOST_OUTPUT).getString(0, StandardCharsets.US_ASCII);
  }

  // Calling into C is what this class is for; the launcher grants native access.
  @SuppressWarnings("restricted")
  private static Optional<MethodHandle> crypt() {
    FunctionDescriptor signature =
        FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_INT);
    for (String name : NAMES) {
      try {
        // An old libcrypt of glibc has no crypt_rn.
        Optional<MethodHandle> found =
            SymbolLookup.libraryLookup(name, Arena.global())
                .find("crypt_rn")
                .map(symbol -> Linker.nativeLinker().downcallHandle(symbol, signature));
        if (found.isPresent()) {
          return found;
        }
      } catch (IllegalArgumentException _) {
        // There is no such library.
      }
    }
    return Optional.empty();
  }
}
