-- Jobs, their payloads and results. The statements are understood by H2 and by PostgreSQL.

create table jobs (
    id uuid primary key,
    kind varchar(32) not null,
    state varchar(16) not null,
    items integer not null,
    items_succeeded integer not null,
    items_skipped integer not null,
    items_failed integer not null,
    items_cancelled integer not null,
    attempt integer not null,
    claim uuid,
    cancel_requested boolean not null,
    idempotency_key varchar(255),
    request_digest varchar(64) not null,
    error varchar(2000),
    created_at timestamp with time zone not null,
    started_at timestamp with time zone,
    finished_at timestamp with time zone,
    revision bigint not null
);

create unique index jobs_idempotency_key on jobs (idempotency_key);
create index jobs_state on jobs (state, id);
create index jobs_finished_at on jobs (finished_at);

create table job_payloads (
    job_id uuid primary key references jobs (id) on delete cascade,
    payload text not null
);

create table job_results (
    job_id uuid not null references jobs (id) on delete cascade,
    item integer not null,
    outcome varchar(16) not null,
    result text,
    trajectory text,
    error varchar(2000),
    primary key (job_id, item)
);

-- The table of db-scheduler, which executes jobs durably: one row a job that has not ended.
create table scheduled_tasks (
    task_name varchar(100) not null,
    task_instance varchar(100) not null,
    task_data bytea,
    execution_time timestamp with time zone not null,
    picked boolean not null,
    picked_by varchar(50),
    last_success timestamp with time zone,
    last_failure timestamp with time zone,
    consecutive_failures integer,
    last_heartbeat timestamp with time zone,
    version bigint not null,
    priority smallint,
    primary key (task_name, task_instance)
);

create index scheduled_tasks_execution_time on scheduled_tasks (execution_time);
create index scheduled_tasks_last_heartbeat on scheduled_tasks (last_heartbeat);
