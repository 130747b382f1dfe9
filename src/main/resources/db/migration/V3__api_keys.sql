-- Keys of clients, and whose each job is: empty for jobs that were taken without authentication.

create table api_keys (
    id varchar(16) primary key,
    name varchar(100) not null,
    owner varchar(255) not null,
    scopes varchar(100) not null,
    secret_digest varchar(64) not null,
    created_at timestamp with time zone not null,
    expires_at timestamp with time zone,
    last_used_at timestamp with time zone,
    revoked_at timestamp with time zone
);

alter table jobs add column owner varchar(255) default '' not null;

drop index jobs_idempotency_key;
create unique index jobs_idempotency_key on jobs (owner, idempotency_key);
create index jobs_owner on jobs (owner, id);
