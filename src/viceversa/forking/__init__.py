"""Kernels that start in a tenth of a second, because they are forked.

An ordinary Python kernel spends seconds importing what the one before it has imported already.
Here one small process, the parent, imports everything once; each kernel is a fork of it. Jupyter's
own extension point for this is a kernel provisioner, so Voila, papermill, nbclient and plain
jupyter_client use it without a change::

    JUPYTER_DEFAULT_PROVISIONER_NAME=forked-provisioner voila notebook.ipynb

or, in a kernelspec, ``{"metadata": {"kernel_provisioner": {"provisioner_name":
"forked-provisioner"}}}``. Which modules the parent imports beforehand is said with `preload`::

    from viceversa import forking
    forking.preload("numpy", "my_package.warm:up")

What a kernel gets of its own: session and process group, environment, working directory, standard
streams, signal handlers, random state. It inherits no socket, file, connection or thread: the
parent has one thread and leaves nothing open. What it shares with its siblings is what was
imported, read-only until written (copy on write), and the seed of str hashes, which is the
parent's.

The pieces, each knowing only the one below it: `provisioner` (what Jupyter calls), `nursery` (asks
the parent for children, starts it, and starts it again when it dies), `parent` (the process that
forks), `kernel` (what a child does to become a kernel that any Jupyter client can speak to), and
`page` (what it does to become one that speaks with our server alone, over one `line`). Linux 5.3 or
newer; elsewhere, and for kernels that are not Python's, the ordinary provisioner is used and a log
line says so."""

from viceversa.forking.nursery import Nursery, available, preload

__all__ = ["Nursery", "available", "preload"]
