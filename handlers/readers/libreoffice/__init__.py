"""Other word processors' documents (.doc, .rtf, .odt) made into Word's, by LibreOffice, confined.

    the service              the keeper                 LibreOffice
    converter.Converter ---  launch.main   --fork->  confined (steps), then exec
      `- room.Room             ends them all            reads the system, writes its room

Does: read `converter` for what the service calls, `launch` for who watches over a run, `steps` for
the table of what LibreOffice is forbidden, `ground` and `calls` for how.
Trusts: LibreOffice to convert, and with nothing else: what comes out is read by
`handlers.readers.word` in the confined worker like any document from outside.
Never touches: the register, keys, the network, a disk: the document is worked on in memory
(`memory`), and where there is none it is not converted.
Known limits: Linux with Landlock and seccomp. Where the kernel grants neither, nothing is
converted and a person looks at the document. No macro runs: a conversion starts none, the profile
forbids them (shown by `tests/handlers/readers/libreoffice/test_profile.py`), and one that ran
nevertheless could reach neither the network nor another file.
"""
