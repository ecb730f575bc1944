-- The ledger, in the SQL that H2 and PostgreSQL share. Every row says when, and by whom.
-- "if not exists": H2 commits each table by itself, and a process may be killed between two.

create table if not exists datasets (
  fingerprint varchar(80) not null,
  directory varchar(4000) not null,
  name varchar(60) not null,
  run_id varchar(80) not null,
  input_fingerprint varchar(80) not null,
  format varchar(20) not null,
  task varchar(20) not null,
  training bigint not null,
  validation bigint not null,
  entered_at timestamp with time zone not null,
  entered_by varchar(200) not null,
  primary key (fingerprint, directory)
);

create table if not exists jobs (
  id varchar(60) primary key,
  job_key varchar(40) not null,
  attempt int not null,
  -- The key while this job counts, null once it failed: so a key has at most one job that counts.
  live_key varchar(40) unique,
  dataset varchar(80) not null,
  back_end varchar(20) not null,
  base_model varchar(200) not null,
  location varchar(60) not null,
  epochs int not null,
  adapter_size int not null,
  learning_rate_multiplier double precision not null,
  state varchar(20) not null,
  -- Until when a call to create the job may still reach the service; null before the first.
  create_until timestamp with time zone,
  -- Which claim to send that call is the last.
  claim varchar(36),
  service_name varchar(1000),
  tuned_model varchar(1000),
  endpoint varchar(1000),
  fault varchar(4000),
  used text,
  entered_at timestamp with time zone not null,
  entered_by varchar(200) not null,
  unique (job_key, attempt)
);

create table if not exists job_states (
  job_id varchar(60) not null references jobs (id),
  position int not null,
  state varchar(20) not null,
  note varchar(4000),
  entered_at timestamp with time zone not null,
  entered_by varchar(200) not null,
  primary key (job_id, position)
);

create table if not exists answers (
  model varchar(1000) not null,
  dataset varchar(80) not null,
  example varchar(64) not null,
  answer text not null,
  entered_at timestamp with time zone not null,
  entered_by varchar(200) not null,
  primary key (model, dataset, example)
);

create table if not exists evaluations (
  id varchar(36) primary key,
  model varchar(200) not null,
  dataset varchar(80) not null,
  split varchar(20) not null,
  figures text not null,
  report varchar(4000) not null,
  entered_at timestamp with time zone not null,
  entered_by varchar(200) not null
);

create table if not exists promotions (
  dataset_name varchar(60) not null,
  position int not null,
  kind varchar(20) not null,
  model varchar(200) not null,
  previous varchar(200),
  evaluation varchar(36),
  reasons text not null,
  reason varchar(4000),
  entered_at timestamp with time zone not null,
  entered_by varchar(200) not null,
  primary key (dataset_name, position)
);

create table if not exists steps (
  input varchar(80) not null,
  step varchar(20) not null,
  outcome text not null,
  entered_at timestamp with time zone not null,
  entered_by varchar(200) not null,
  primary key (input, step)
);
