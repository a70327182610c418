/** Work on volumes of {@code local} storages, done by Jobs because only a Pod can mount them (storage-layout 5). */
package io.snapstash.controller.volume;
