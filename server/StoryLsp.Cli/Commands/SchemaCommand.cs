using System.CommandLine;
using StoryLsp.Cli.Output;
using StoryLsp.Continuity.Reports;
using StoryLsp.Language.Schemas;

namespace StoryLsp.Cli.Commands;

/// <summary><c>storylsp schema</c>: the types of a story.</summary>
internal static class SchemaCommand
{
    public static Command Create()
    {
        var path = new Option<string?>("--path") { Description = "The story's folder; the current folder when left out." };
        var type = new Argument<string?>("TYPE") { Arity = ArgumentArity.ZeroOrOne, Description = "The type." };
        var folder = new Option<string?>("--output") { Description = "Write one file a type into this folder." };
        var command = new Command("schema", "List, export or validate the types of a story.");
        var list = new Command("list", "List the types, what they extend, and where they are defined.") { path };
        list.SetAction((parsed, cancellation) => ListAsync(parsed.GetValue(path), cancellation));
        var export = new Command("export", "Write a type, or all, as JSON Schema 2020-12.") { type, path, folder };
        export.SetAction((parsed, cancellation) => ExportAsync(parsed.GetValue(type), parsed.GetValue(path), parsed.GetValue(folder), cancellation));
        var validate = new Command("validate", "Check the story's own schema files; exit 1 when one is at fault.") { path };
        validate.SetAction((parsed, cancellation) => ValidateAsync(parsed.GetValue(path), cancellation));
        command.Add(list);
        command.Add(export);
        command.Add(validate);
        return command;
    }

    private static async Task<int> ListAsync(string? path, CancellationToken cancellationToken)
    {
        await using var story = await OpenStory.OpenAsync(path, cancellationToken).ConfigureAwait(false);
        var used = story.Snapshot.Containers.GroupBy(container => container.Type, StringComparer.OrdinalIgnoreCase).ToDictionary(group => group.Key, group => group.Count(), StringComparer.OrdinalIgnoreCase);
        foreach (var schema in story.Snapshot.Schemas.All)
        {
            Console.Out.WriteLine($"{schema.Name,-12} {schema.Extends ?? "",-12} {used.GetValueOrDefault(schema.Name),5}  {schema.Path ?? "shipped",-24} {schema.Description}");
        }

        return 0;
    }

    private static async Task<int> ExportAsync(string? type, string? path, string? folder, CancellationToken cancellationToken)
    {
        await using var story = await OpenStory.OpenAsync(path, cancellationToken).ConfigureAwait(false);
        var schemas = story.Snapshot.Schemas;
        if (type is not null && schemas.Find(type) is null)
        {
            throw new CommandFailure($"there is no type `{type}`. The types: {string.Join(", ", schemas.All.Select(schema => schema.Name))}.");
        }

        if (type is null && folder is null)
        {
            throw new CommandFailure("name a type, or a folder for all of them: `storylsp schema export --output schemas-json`.");
        }

        foreach (var schema in schemas.All.Where(schema => type is null || schema.Name.Equals(type, StringComparison.OrdinalIgnoreCase)))
        {
            var json = JsonSchemaExport.Write(schema);
            if (folder is null)
            {
                Console.Out.Write(json);
                continue;
            }

            Directory.CreateDirectory(folder);
            var file = Path.Combine(folder, Language.Text.Slug.Of(schema.Name) + ".schema.json");
            await File.WriteAllTextAsync(file, json, cancellationToken).ConfigureAwait(false);
            Console.Out.WriteLine(file);
        }

        return 0;
    }

    private static async Task<int> ValidateAsync(string? path, CancellationToken cancellationToken)
    {
        await using var story = await OpenStory.OpenAsync(path, cancellationToken).ConfigureAwait(false);
        var report = CheckReport.Of(story.Snapshot, story.Findings, path => path.StartsWith("schemas/", StringComparison.OrdinalIgnoreCase));
        await using var output = Console.OpenStandardOutput();
        TextFindings.Write(output, report);
        return report.Findings.Any(found => found.Severity == Language.Facts.Severity.Error) ? 1 : 0;
    }
}
