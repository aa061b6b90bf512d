using StoryLsp.Index;
using StoryLsp.Language.Settings;
using StoryLsp.Language.Text;

namespace StoryLsp.Server.Session;

/// <summary>Whether a folder's story allows steps that call a model.</summary>
internal static class AiSwitch
{
    /// <summary>Reads the one setting; a story that cannot be read allows nothing.</summary>
    public static bool IsOn(string folder)
    {
        var file = Path.Combine(WorkspaceRoot.Find(folder), SettingsReader.FileName);
        try
        {
            return !File.Exists(file) || SettingsReader.Read(SourceText.Decode(File.ReadAllBytes(file), out _)).Ai.Enabled;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
