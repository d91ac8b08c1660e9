"""The decision variables: candidates, who may sit where, alike hires, promises of an earlier plan."""
