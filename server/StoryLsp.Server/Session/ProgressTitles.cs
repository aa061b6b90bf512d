namespace StoryLsp.Server.Session;

/// <summary>What a person reads while a request takes long.</summary>
internal static class ProgressTitles
{
    public static string Of(string method) => method switch
    {
        "textDocument/references" or "textDocument/implementation" => "Finding where it appears",
        "textDocument/rename" or "workspace/willRenameFiles" => "Renaming",
        "workspace/symbol" => "Searching the story",
        "workspace/diagnostic" or "textDocument/diagnostic" => "Checking the story",
        _ => "Reading the story",
    };
}
