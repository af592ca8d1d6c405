package dev.pinion.inspect;

import dev.pinion.spi.AppModel;
import java.util.HashSet;
import java.util.Set;

/**
 * A program whose define has run, ready to be analysed.
 *
 * @param app what it has declared
 * @param types its classes
 * @param files their files
 * @param methods which methods calls run
 * @param live the objects that define has left behind
 * @param keys the texts by which maps that handlers were found to use have something; it grows
 */
record InspectedProgram(
    AppModel app, Types types, ClassFiles files, Methods methods, LiveHeap live, Set<String> keys) {
  static InspectedProgram of(AppModel app, InspectLoader loader, ClassLoader program, OpenedJdk jdk) {
    Types types = new Types(loader, new PinionUsers(program));
    ClassFiles files = new ClassFiles(types);
    return new InspectedProgram(app, types, files, new Methods(types, files), new LiveHeap(types, jdk),
        new HashSet<>());
  }
}
