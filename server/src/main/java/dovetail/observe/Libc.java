package dovetail.observe;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/** The few functions of the C library that Java has no word for. Linux only. */
public final class Libc {
  private static final int CLOCK_MONOTONIC = 1;
  private static final int AF_UNIX = 1;
  private static final int SOCK_DGRAM = 2;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int MSG_NOSIGNAL = 0x4000;
  private static final int MOST_PATH_BYTES = 108;

  private static final MemoryLayout CALL_STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      CALL_STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private Libc() {}

  /**
   * Sets the mask of permissions that new files do not get; it holds for the whole process.
   *
   * @return the mask before
   */
  public static int umask(int mask) {
    MethodHandle umask = function("umask", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    try {
      return (int) umask.invokeExact(mask);
    } catch (Throwable e) {
      throw new IllegalStateException("umask(2)", e);
    }
  }

  /** Whether this process may do anything. */
  public static boolean isRoot() {
    MethodHandle geteuid = function("geteuid", FunctionDescriptor.of(JAVA_INT));
    try {
      return (int) geteuid.invokeExact() == 0;
    } catch (Throwable e) {
      throw new IllegalStateException("geteuid(2)", e);
    }
  }

  /**
   * Becomes another user for good, with all groups of that one; for a process that is root. The C
   * library does it for all threads.
   *
   * @param name the user's name, by which its groups are found
   * @throws IOException if the system refuses
   */
  public static void becomeUser(String name, int user, int group) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment errno = arena.allocate(CALL_STATE);
      FunctionDescriptor byName = FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT);
      FunctionDescriptor byNumber = FunctionDescriptor.of(JAVA_INT, JAVA_INT);
      MemorySegment text = arena.allocateFrom(name);
      require(
          "initgroups", errno, (int) failing("initgroups", byName).invokeExact(errno, text, group));
      require("setgid", errno, (int) failing("setgid", byNumber).invokeExact(errno, group));
      require("setuid", errno, (int) failing("setuid", byNumber).invokeExact(errno, user));
    } catch (RuntimeException | Error | IOException e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("setuid(2)", e);
    }
  }

  private static void require(String call, MemorySegment errno, int result) throws IOException {
    if (result != 0) {
      throw failed(call, errno);
    }
  }

  /** Microseconds of the clock that systemd compares with (CLOCK_MONOTONIC, since boot). */
  static long monotonicMicros() {
    FunctionDescriptor signature = FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS);
    MethodHandle clockGettime = function("clock_gettime", signature);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment time = arena.allocate(JAVA_LONG, 2);
      int result = (int) clockGettime.invokeExact(CLOCK_MONOTONIC, time);
      if (result != 0) {
        throw new IllegalStateException("clock_gettime(2) failed");
      }
      long seconds = time.getAtIndex(JAVA_LONG, 0);
      return seconds * 1_000_000 + time.getAtIndex(JAVA_LONG, 1) / 1000;
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("clock_gettime(2)", e);
    }
  }

  /**
   * Sends one datagram to a unix-domain socket.
   *
   * @param path the socket's path; a first byte 0 means the abstract name space
   */
  static void sendUnixDatagram(byte[] path, byte[] data) throws IOException {
    if (path.length == 0 || path.length >= MOST_PATH_BYTES) {
      throw new IOException("a unix socket's path has 1 to 107 bytes, not " + path.length);
    }
    try {
      int descriptor = openDatagramSocket();
      try {
        send(descriptor, path, data);
      } finally {
        MethodHandle close = function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
        int _ = (int) close.invokeExact(descriptor);
      }
    } catch (RuntimeException | Error | IOException e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("sendto(2)", e);
    }
  }

  private static int openDatagramSocket() throws Throwable {
    FunctionDescriptor signature = FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment errno = arena.allocate(CALL_STATE);
      int descriptor =
          (int)
              failing("socket", signature)
                  .invokeExact(errno, AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
      if (descriptor < 0) {
        throw failed("socket(2)", errno);
      }
      return descriptor;
    }
  }

  private static void send(int descriptor, byte[] path, byte[] data) throws Throwable {
    FunctionDescriptor signature =
        FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment errno = arena.allocate(CALL_STATE);
      MemorySegment address = arena.allocate(Short.BYTES + MOST_PATH_BYTES);
      address.set(JAVA_SHORT, 0, (short) AF_UNIX);
      MemorySegment.copy(path, 0, address, ValueLayout.JAVA_BYTE, Short.BYTES, path.length);
      // An abstract name has no end mark: its length says where it ends.
      int length = Short.BYTES + path.length + (path[0] == 0 ? 0 : 1);
      MemorySegment bytes = arena.allocateFrom(ValueLayout.JAVA_BYTE, data);
      long sent =
          (long)
              failing("sendto", signature)
                  .invokeExact(
                      errno, descriptor, bytes, (long) data.length, MSG_NOSIGNAL, address, length);
      if (sent < 0) {
        throw failed("sendto(2)", errno);
      }
    }
  }

  private static IOException failed(String call, MemorySegment errno) {
    return new IOException(call + " failed, errno " + (int) ERRNO.get(errno, 0L));
  }

  private static MethodHandle function(String name, FunctionDescriptor signature) {
    return handle(name, signature);
  }

  private static MethodHandle failing(String name, FunctionDescriptor signature) {
    return handle(name, signature, Linker.Option.captureCallState("errno"));
  }

  // Calling into C is what this class is for; the launcher grants native access.
  @SuppressWarnings("restricted")
  private static MethodHandle handle(
      String name, FunctionDescriptor signature, Linker.Option... options) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), signature, options);
  }
}
