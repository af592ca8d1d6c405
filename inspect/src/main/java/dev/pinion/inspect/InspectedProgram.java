package dev.pinion.inspect;

import dev.pinion.spi.AppModel;

/**
 * A program whose define has run, ready to be analysed.
 *
 * @param app what it has declared
 * @param types its classes
 * @param files their files
 * @param methods which methods calls run
 * @param live the objects that define has left behind
 */
record InspectedProgram(AppModel app, Types types, ClassFiles files, Methods methods, LiveHeap live) {
  static InspectedProgram of(AppModel app, InspectLoader loader, ClassLoader program, OpenedJdk jdk) {
    Types types = new Types(loader, new PinionUsers(program));
    ClassFiles files = new ClassFiles(types);
    return new InspectedProgram(app, types, files, new Methods(types, files), new LiveHeap(types, jdk));
  }
}
