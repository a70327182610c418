package io.snapstash.app;

import io.snapstash.controller.Caches;
import io.snapstash.engine.Time;
import io.snapstash.kube.Cache;
import io.snapstash.picture.Inventories;
import io.snapstash.picture.Inventory;
import io.snapstash.picture.Picture;
import io.snapstash.picture.PictureMaker;
import io.snapstash.picture.RetentionFates;
import io.snapstash.web.PictureSource;
import java.time.Instant;
import java.util.List;

/** Pictures of what the operator has in its caches: no request goes out for them. */
final class CachedPictures implements PictureSource {
  private final Caches caches;
  private final Time time;
  private final PictureMaker maker = new PictureMaker(new RetentionFates());

  CachedPictures(Caches caches, Time time) {
    this.caches = caches;
    this.time = time;
  }

  @Override
  public Instant now() {
    return time.now();
  }

  @Override
  public boolean isReady() {
    return caches.areSynced();
  }

  @Override
  public Picture picture(String namespace) {
    Inventory all = inventory();
    return maker.make(namespace.isEmpty() ? all : all.within(namespace), time.now());
  }

  Inventory inventory() {
    return new Inventory(caches.configurations.all(), caches.backupSessions.all(), caches.restoreSessions.all(),
        caches.snapshots.all(), caches.repositories.all(), caches.storages.all(), caches.retentionPolicies.all(),
        Inventories.claims(caches.targets.get("PersistentVolumeClaim").all()),
        Inventories.saved(caches.snapshots.all()), Inventories.volumes(caches.jobs.all()),
        Inventories.bound(caches.restoredClaims.all()));
  }

  @Override
  public void onChange(Runnable listener) {
    List<Cache<?>> shown = List.of(caches.configurations, caches.backupSessions, caches.restoreSessions,
        caches.snapshots, caches.repositories, caches.storages, caches.retentionPolicies, caches.jobs,
        caches.restoredClaims, caches.targets.get("PersistentVolumeClaim"));
    shown.forEach(cache -> cache.onChange((_, _) -> listener.run()));
  }
}
