package dev.faultline.sim;

import dev.faultline.harness.Trace;
import dev.faultline.node.Disk;
import java.util.List;
import java.util.function.Consumer;

/** A node's disk while somebody listens: every change is told before it is made. */
record HeardDisk(Disk disk, SimLoop loop, String node, Trace trace) implements Disk {
  private void told(String file, String change, byte[] data) {
    trace.wrote(loop.now(), node, file, change, data);
  }

  @Override
  public void append(String file, byte[] data) {
    told(file, "append", data);
    disk.append(file, data);
  }

  @Override
  public void write(String file, long offset, byte[] data) {
    told(file, "write at " + offset, data);
    disk.write(file, offset, data);
  }

  @Override
  public void replace(String file, byte[] data) {
    told(file, "replace", data);
    disk.replace(file, data);
  }

  @Override
  public byte[] read(String file) {
    return disk.read(file);
  }

  @Override
  public void truncate(String file, long size) {
    told(file, "truncate to " + size, new byte[0]);
    disk.truncate(file, size);
  }

  @Override
  public List<String> list() {
    return disk.list();
  }

  @Override
  public void delete(String file) {
    told(file, "delete", new byte[0]);
    disk.delete(file);
  }

  @Override
  public void sync(String file, Consumer<Result> done) {
    disk.sync(file, done);
  }
}
