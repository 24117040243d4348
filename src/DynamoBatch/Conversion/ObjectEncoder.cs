using System.Management.Automation; using DynamoBatch.Core.Items; using DynamoBatch.Core.Tables;
namespace DynamoBatch.Conversion;
internal sealed class ObjectEncoder {
 private readonly ItemEncoder _e; private readonly string? _route; 
 public ObjectEncoder(TableSchema schema, EncodingOptions o, string[]? exclude, string? route, bool keyOnly) { _e = new(schema, o); _route = route; }
 public EncodedItem Encode(PSObject o) { _e.Begin(); foreach (var p in o.Properties) if (p.Name != _route) _e.Add(_e.Plan(p.Name), p.Value is PSObject w ? w.BaseObject : p.Value); return _e.Finish(); } }
