"""Other word processors' documents (.doc, .rtf, .odt) made into Word's, by LibreOffice, confined.

    converter.py   in the service: starts a run, and takes what comes out
    launch.py      watches over one run, and ends every process of it
    sandbox.py     what LibreOffice is forbidden, before it is started
    folder.py      the folder that a run happens in, and LibreOffice's settings there
    rich_text.py   what makes an .rtf dangerous, found before it is converted

Trusts: LibreOffice to convert, and with nothing else: what comes out is read by
`handlers.readers.word` in the confined worker like any document from outside.
Never touches: the register, keys, the network, a disk: the document is worked on in memory, and
where there is none it is not converted.
Known limits: Linux with Landlock and seccomp. Where the kernel grants neither, nothing is
converted and a person looks at the document. No macro runs: a conversion starts none, the profile
forbids them (shown by `tests/handlers/readers/libreoffice/test_profile.py`), and one that ran
nevertheless could reach neither the network nor another file.
"""
