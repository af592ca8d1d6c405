/// WebSockets as a cloud resource: the API an app is written against, and its model.
@NullMarked
package dev.pinion;

import org.jspecify.annotations.NullMarked;
