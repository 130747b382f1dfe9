-- How far the items of running jobs are: replaced about once a second, gone with the job's end.

alter table jobs add column running_share double precision default 0 not null;

create table job_progress (
    job_id uuid primary key references jobs (id) on delete cascade,
    recorded_at timestamp with time zone not null,
    items text not null
);
