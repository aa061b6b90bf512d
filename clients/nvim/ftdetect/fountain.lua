vim.filetype.add({ extension = { fountain = 'fountain' } })
