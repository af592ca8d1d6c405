package dev.pinion.inspect;

import dev.pinion.spi.AppModel;
import dev.pinion.spi.ConfigModel;
import dev.pinion.spi.FunctionModel;
import dev.pinion.spi.ResourceModel;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** The role of a handler: what it may do with the app's resources. */
public final class Role {
  static {
    Role.class.getModule().addReads(AppModel.class.getModule()); // as in Inspector, which a saved inspection skips
  }

  private Role() {}

  /**
   * Returns what was derived from a handler's code, without what its {@code only} excludes, and what its {@code allow}
   * adds. Reading a config needs no permission, so {@code only} never excludes it.
   */
  public static Set<Use> of(AppModel app, FunctionModel options, Collection<Use> derived) {
    Set<Use> role = new LinkedHashSet<>();
    Set<String> configs = app.values().stream().filter(ConfigModel.class::isInstance).map(ResourceModel::id)
        .collect(Collectors.toSet());
    derived.stream().filter(each -> each.isWithin(options) || configs.contains(each.resource())).forEach(role::add);
    role.addAll(granted(app, options));
    return role;
  }

  /** Returns what a handler's {@code allow} adds, in the order of the app's resources. */
  public static Set<Use> granted(AppModel app, FunctionModel options) {
    Set<Use> granted = new LinkedHashSet<>();
    new Operations(app).all().stream().filter(each -> each.isGranted(options)).forEach(granted::add);
    return granted;
  }
}
