package dev.attune.launcher.baseline;

import dev.attune.filesystem.FileMode;
import dev.attune.filesystem.FileTree;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The folder of all jobs. It has one folder for each job, whose name is the first 12 digits of its
 * key and a number. A job's folder is created atomically with its job.json.
 *
 * @param path absolute; created with the first job
 */
record JobFolders(Path path) {
  private static final Pattern NAME = Pattern.compile("[0-9a-f]{12}-[1-9][0-9]{0,8}");
  private static final int KEY_DIGITS = 12;
  private static final String NEW = ".new.";

  /** Unfinished folders of this version, and of older ones, which used one name for all. */
  private static final String NEW_FOLDERS = ".new*";

  private static final String LOCK = ".lock";

  /** Separates the threads of this process, as the lock separates processes. */
  private static final Object CREATING = new Object();

  /** Returns whether a job of this name exists; an invalid name does not reach the file system. */
  boolean holds(String name) {
    return NAME.matcher(name).matches() && Files.isDirectory(path.resolve(name));
  }

  JobFolder folder(String name) {
    return new JobFolder(path.resolve(name));
  }

  /** Returns the folders whose jobs may have a key, the newest first. */
  List<JobFolder> mayCarry(String key) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(path, stem(key) + "*")) {
      for (Path folder : folders) {
        if (NAME.matcher(folder.getFileName().toString()).matches()) {
          found.add(folder);
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    }
    found.sort(Comparator.comparingInt(JobFolders::number).reversed());
    return found.stream().map(JobFolder::new).toList();
  }

  /**
   * Creates a job, unless a job with its key exists that has not failed.
   *
   * @param job creates the job of a name
   * @return the folder of the new or the existing job
   */
  JobFolder create(String key, Function<String, LocalJob> job) throws IOException {
    synchronized (CREATING) {
      JobFolder.requireOwn(path);
      FileMode.PRIVATE.createFolders(path);
      JobFolder.requireOwn(path);
      try (FileChannel lock = FileMode.PRIVATE.open(path.resolve(LOCK))) {
        lock.lock();
        List<JobFolder> others = mayCarry(key);
        for (JobFolder other : others) {
          LocalJob there = other.read();
          if (there.key().equals(key) && !there.state().hasFailed()) {
            return other;
          }
        }
        int number = others.isEmpty() ? 1 : number(others.get(0).path()) + 1;
        return add(job.apply(stem(key) + number));
      }
    }
  }

  private JobFolder add(LocalJob job) throws IOException {
    removeUnfinished();
    Path unfinished = path.resolve(NEW + UUID.randomUUID());
    FileMode.PRIVATE.createFolder(unfinished);
    new JobFolder(unfinished).write(job);
    Path finished = path.resolve(job.name());
    Files.move(unfinished, finished, StandardCopyOption.ATOMIC_MOVE);
    return new JobFolder(finished);
  }

  /** Removes the unfinished folders of killed processes; the caller has the lock. */
  private void removeUnfinished() throws IOException {
    try (DirectoryStream<Path> left = Files.newDirectoryStream(path, NEW_FOLDERS)) {
      for (Path folder : left) {
        FileTree.delete(folder);
      }
    }
  }

  private static String stem(String key) {
    return key.substring(0, KEY_DIGITS) + "-";
  }

  private static int number(Path folder) {
    String name = folder.getFileName().toString();
    return Integer.parseInt(name.substring(KEY_DIGITS + 1));
  }
}
