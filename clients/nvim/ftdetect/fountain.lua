if vim.filetype and vim.filetype.add then
  vim.filetype.add({ extension = { fountain = 'fountain' } })
end
