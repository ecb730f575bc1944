-- The runs of "attune run" that are in progress: one at most for a dataset name.
create table if not exists runs (
  dataset varchar(60) primary key,
  -- A random id of the run.
  run varchar(36) not null,
  host varchar(255) not null,
  -- Names the machine, container and user whose process numbers are comparable.
  machine varchar(400) not null,
  process bigint not null,
  -- When the process started, in the machine's own measure; tells it from a later one of its number.
  process_started varchar(40) not null,
  -- Rises while the run is alive.
  beat bigint not null,
  entered_at timestamp with time zone not null,
  entered_by varchar(200) not null
);
