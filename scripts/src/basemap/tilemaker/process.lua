-- The schema of scripts/src/basemap/README.md for tilemaker 2 and 3. Mirrors classify-osm.ts: change both.
-- The layers "land" and "water" come from make-basemap itself, which divides land and sea along the coastline.

node_keys = { "place" }

local ROAD = {
  motorway = { "motorway", 9 }, trunk = { "trunk", 9 }, primary = { "primary", 10 }, secondary = { "secondary", 11 },
  tertiary = { "tertiary", 12 }, unclassified = { "residential", 13 }, residential = { "residential", 13 },
  living_street = { "residential", 13 }, road = { "residential", 13 }, service = { "service", 14 },
  track = { "path", 14 }, pedestrian = { "path", 14 }, footway = { "path", 14 }, cycleway = { "path", 14 },
  bridleway = { "path", 14 }, steps = { "path", 14 }, path = { "path", 14 },
}
local RAIL = { rail = 1, light_rail = 1, subway = 1, tram = 1, narrow_gauge = 1, funicular = 1, monorail = 1 }
local WATERWAY = {
  river = { "river", 11 }, canal = { "canal", 11 }, stream = { "stream", 14 }, drain = { "drain", 14 }, ditch = { "drain", 14 },
}
local GREEN = {
  leisure = {
    park = { "park", 11 }, garden = { "park", 11 }, golf_course = { "park", 11 }, nature_reserve = { "forest", 11 },
    pitch = { "pitch", 14 }, playground = { "pitch", 14 },
  },
  landuse = {
    forest = { "forest", 11 }, grass = { "grass", 12 }, meadow = { "grass", 12 }, village_green = { "grass", 12 },
    recreation_ground = { "park", 11 }, cemetery = { "cemetery", 12 },
  },
  natural = { wood = { "forest", 11 }, scrub = { "forest", 11 }, grassland = { "grass", 12 }, heath = { "grass", 12 } },
  amenity = { grave_yard = { "cemetery", 12 } },
}
local GREEN_KEYS = { "leisure", "landuse", "natural", "amenity" }
local PLACE = {
  city = { 1, 9 }, town = { 2, 9 }, suburb = { 3, 11 }, village = { 3, 11 }, quarter = { 4, 12 }, neighbourhood = { 4, 12 },
  hamlet = { 4, 12 }, locality = { 5, 14 },
}

local function is_yes(value) return value ~= "" and value ~= "no" end

local function attribute_name(object)
  local name = object:Find("name")
  if name ~= "" then object:Attribute("name", name) end
end

local function border_level(object)
  if object:Find("boundary") ~= "administrative" then return nil end
  local level = tonumber(object:Find("admin_level"))
  if level == nil then return nil end
  if level >= 2 and level <= 5 then return 1 end
  if level <= 8 then return 2 end
  if level <= 11 then return 3 end
  return nil
end

function init_function(name, is_first) end
function exit_function() end

function node_function(node)
  local place = PLACE[node:Find("place")]
  local name = node:Find("name")
  if place == nil or name == "" then return end
  node:Layer("place", false)
  node:MinZoom(place[2])
  node:Attribute("name", name)
  local english = node:Find("name:en")
  if english ~= "" then node:Attribute("name_en", english) end
  node:AttributeNumeric("rank", place[1])
end

-- Only borders are read as relations; multipolygons reach way_function by themselves.
function relation_scan_function(relation)
  if relation:Find("type") == "boundary" and relation:Find("boundary") == "administrative" then relation:Accept() end
end

local function way_border(way)
  local level = border_level(way)
  while true do
    local relation = way:NextRelation()
    if not relation then break end
    local number = tonumber(way:FindInRelation("admin_level"))
    if number then
      local of_relation = number <= 5 and 1 or number <= 8 and 2 or number <= 11 and 3 or nil
      if of_relation and (level == nil or of_relation < level) then level = of_relation end
    end
  end
  if level == nil then return end
  way:Layer("boundary", false)
  way:AttributeNumeric("level", level)
end

local function road_flags(way)
  local oneway = way:Find("oneway")
  if oneway == "yes" or oneway == "1" or oneway == "-1" then way:AttributeBoolean("oneway", true) end
  if is_yes(way:Find("bridge")) then way:AttributeBoolean("bridge", true) end
  if is_yes(way:Find("tunnel")) then way:AttributeBoolean("tunnel", true) end
end

-- Returns whether the way is drawn as a line.
local function way_line(way)
  local highway = way:Find("highway")
  local base = highway:gsub("_link$", "")
  local road = way:Find("area") ~= "yes" and ROAD[base] or nil
  if road ~= nil then
    way:Layer("road", false)
    way:MinZoom(road[2])
    way:Attribute("class", road[1])
    attribute_name(way)
    road_flags(way)
    if base ~= highway then way:AttributeBoolean("link", true) end
    return true
  end
  if RAIL[way:Find("railway")] then
    way:Layer("road", false)
    way:MinZoom(12)
    way:Attribute("class", "rail")
    attribute_name(way)
    road_flags(way)
    return true
  end
  local waterway = WATERWAY[way:Find("waterway")]
  if waterway ~= nil and not is_yes(way:Find("tunnel")) then
    way:Layer("waterway", false)
    way:MinZoom(waterway[2])
    way:Attribute("class", waterway[1])
    attribute_name(way)
    return true
  end
  return false
end

local function way_area(way)
  if is_yes(way:Find("building")) then
    way:Layer("building", true)
    local height = tonumber((way:Find("height"):match("^[%d.]+")))
    if height and height > 0 then way:AttributeNumeric("height", height) end
    return
  end
  local natural, landuse, waterway = way:Find("natural"), way:Find("landuse"), way:Find("waterway")
  if waterway == "riverbank" or waterway == "dock" or natural == "water" or landuse == "reservoir" or landuse == "basin" then
    return
  end
  for _, key in ipairs(GREEN_KEYS) do
    local green = GREEN[key][way:Find(key)]
    if green ~= nil then
      way:Layer("green", true)
      way:MinZoom(green[2])
      way:Attribute("class", green[1])
      return
    end
  end
end

function way_function(way)
  way_border(way)
  if not way_line(way) and way:IsClosed() then way_area(way) end
end
