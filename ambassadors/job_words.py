"""Words of job titles, by the subjects that whoever bears them could answer questions about.

Between commas stands a word or a phrase; `~` at the end of a word means: and whatever begins so. British spelling:
what is read is folded to one spelling first (`suggestions.fold`). A phrase of more words counts before one of fewer,
and takes its words away from them: a "dental nurse" is no nurse. `NOTHING` are phrases that only look like something.
"""

SUBJECTS_BY_WORDS: dict[str, str] = {
    # science
    "general_science": (
        "scientist, science, lab, laboratory, laboratory technician, lab technician, lab assistant, science "
        "technician, research technician, scientific officer, research scientist, research assistant, "
        "metrologist, science communicator, science teacher, patent attorney, patent examiner, glassblower, "
        "research fellow, r and d"
    ),
    "biology": (
        "biology, biologist, biological scientist, life scientist, microbiology, microbiologist, zoology, "
        "zoologist, zookeeper, zoo keeper, botanist, physiology, physiologist, neuroscience, neuroscientist, "
        "entomologist, virologist, virology, immunologist, aquarist, marine biologist, parasitologist, "
        "mycologist, ornithologist, biochemist, biochemistry, molecular biologist, cell biologist, "
        "embryologist, plant scientist, "
        "botanical, zoological"
    ),
    "chemistry": (
        "chemistry, chemist, chemical, chemical analyst, biochemist, biochemistry, polymer, polymer chemist, "
        "analytical, formulation, chromatographer, spectroscopist, perfumer, paint technologist, coatings, "
        "cosmetic, cosmetics, water quality, radiochemist, toxicologist, formulation scientist, dye "
        "technologist, battery"
    ),
    "physics": (
        "physics, physicist, medical physicist, medical physics, optics, optical, photonics, laser, lasers, "
        "nuclear, acoustic~, acoustician, quantum, fusion, plasma, cryogenic~, vacuum, radiation, "
        "spectroscopist, sound engineer, audio engineer, semiconductor, metrologist, lighting engineer, x ray"
    ),
    "astronomy": (
        "astronomy, astronomer, astrophysic~, cosmolog~, planetarium, planetary, space scientist, space "
        "systems, satellite, telescope, astrobiolog~, astronaut, mission controller, orbital, space, "
        "astronomical"
    ),
    "forensic_science": (
        "forensic, forensics, crime scene, scene of crime, scenes of crime, fingerprint, ballistics, crime "
        "analyst, fire investigator, drug analyst, csi, pathology technician, toxicologist"
    ),
    "materials_science": (
        "materials scientist, materials engineer, materials, metallurgist, metallurgy, polymer, composites, "
        "composite, ceramics, ceramicist, glass technologist, corrosion, welding engineer, foundry, coatings, "
        "semiconductor, nanotechnolog~, plastics, rubber technologist, paper technologist, welding inspector, "
        "boatbuilder"
    ),
    "genetics": (
        "geneticist, genetics, genetic, genomic~, bioinformatic~, biotech, biotechnolog~, plant breeder, "
        "molecular biologist, embryologist, stem cell, gene, dna, fermentation, bioprocess, animal breeder, "
        "synthetic biologist, vaccine"
    ),
    # mathematics
    "mathematics": (
        "mathematician, mathematics, maths, mathematical, actuary, actuarial, cryptographer, quant, "
        "quantitative, modeller, mathematical modeller, meteorologist, algorithm, geometer, surveyor, "
        "numeracy, quantity surveyor, codebreaker, flood modeller"
    ),
    "statistics": (
        "statistician, statistics, statistical, biostatistician, epidemiolog~, data analyst, data scientist, "
        "econometric~, market research, insight analyst, clinical trials, opinion pollster, demographer, "
        "census, risk analyst, research analyst, survey analyst, performance analyst, sports analyst, credit "
        "analyst, pricing analyst, demand planner, quality analyst"
    ),
    "finance": (
        "actuary, actuarial, accountant, accounting, accounts, auditor, bookkeeper, underwriter, banker, "
        "banking, investment, economist, finance, financial, trader, treasurer, quant, quantitative, risk "
        "analyst, tax, credit analyst, fund, pensions, payroll, stockbroker, insurance, loss adjuster, "
        "pricing analyst, econometric~, fintech, mortgage"
    ),
    "operational_research": (
        "operational research, operations research, operational researcher, operations researcher, logistics, "
        "supply chain, scheduler, scheduling, timetable, timetabler, optimisation, demand planner, production "
        "planner, planning analyst, transport modeller, transport planner, decision scientist, simulation, "
        "workforce planner, network planner, logistician, crew planner, business analyst"
    ),
    # computing
    "computer_science": (
        "computer, computer scientist, computing, it, ict, network, network engineer, helpdesk, help desk, "
        "service desk, systems administrator, sysadmin, system administrator, database, dba, systems analyst, "
        "it support, software, programmer, developer, cloud, infrastructure engineer, desktop support, it "
        "technician, solutions architect, enterprise architect, cloud architect, data architect, technical "
        "architect, business analyst, information technology, data centre, data centre technician, quantum "
        "computing, computer vision, telecoms, telecommunications, supercomputing, hpc, it trainer"
    ),
    "software_engineering": (
        "software, software engineer, software developer, developer, programmer, coder, devops, web "
        "developer, front end, back end, frontend, backend, full stack, fullstack, app developer, mobile "
        "developer, android developer, ios developer, site reliability, sre, test automation, software "
        "tester, qa tester, qa engineer, scrum, product owner, platform engineer, software architect, "
        "solutions architect, technical architect, web, ux designer, ux researcher, ui designer, interaction "
        "designer, firmware, embedded, java, python, webmaster, user experience, user researcher, automation "
        "tester, cloud, cloud engineer, cloud architect, release engineer, "
        "website, shader writer"
    ),
    "data_science": (
        "data scientist, data science, data engineer, data analyst, data, data architect, analytics, business "
        "intelligence, bioinformatic~, big data, data manager, data steward, insight analyst, sports analyst, "
        "performance analyst, gis analyst, database, decision scientist, dba"
    ),
    "artificial_intelligence": (
        "artificial intelligence, ai, machine learning, ml engineer, ml, deep learning, computer vision, "
        "natural language, nlp, prompt engineer, robot learning, speech technologist, llm, chatbot, "
        "computational linguist, data scientist, self driving, autonomous"
    ),
    "cyber_security": (
        "cyber, cybersecurity, cyber security, information security, infosec, penetration tester, pen tester, "
        "ethical hacker, hacker, security analyst, security engineer, security architect, soc analyst, "
        "malware, threat, threat intelligence, digital forensics, cryptographer, network security, it "
        "security, security operations, codebreaker, fraud analyst"
    ),
    "games_development": (
        "games, game, game designer, games designer, game developer, games developer, games programmer, "
        "gameplay, level designer, 3d artist, animator, animation, vfx, visual effects, technical artist, "
        "games tester, games artist, unity developer, unreal, esports, character artist, virtual reality, vr, "
        "xr, augmented reality, concept artist, rigging artist"
    ),
    # engineering
    "aerospace_engineering": (
        "aerospace, aerospace engineer, aeronautic~, aircraft, avionics, aviation, pilot, airline pilot, "
        "helicopter, flight engineer, flight test, aerodynamic~, aerodynamicist, rocket, propulsion, "
        "satellite, drone pilot, drone, air traffic, air traffic controller, airframe, airworthiness, "
        "spacecraft, licensed aircraft, gas turbine, jet engine, wing, space systems, uav, aerofoil, ground "
        "crew"
    ),
    "chemical_engineering": (
        "chemical engineer, chemical engineering, process engineer, process safety, refinery, petrochemical, "
        "biochemical engineer, process technician, process operator, plant operator, distillation, "
        "bioprocess, catalyst, wastewater, water treatment, hydrogen, pharmaceutical engineer, battery, "
        "desalination, carbon capture, brewer, distiller, drilling fluids"
    ),
    "civil_engineering": (
        "civil, civil engineer, structural, structural engineer, structures, bridge, bridges, highways, "
        "highway, tunnel, tunnelling, geotechnical, dam, drainage, flood, flood modeller, hydraulic modeller, "
        "site engineer, site agent, concrete, piling, earthworks, groundworker, infrastructure, quantity "
        "surveyor, setting out engineer, steel erector, steel fixer, scaffold~, demolition, coastal engineer, "
        "water engineer, land surveyor, bim, reservoir, pavement engineer, road worker, wastewater, rope "
        "access, building inspector, temporary works, ground engineer"
    ),
    "electrical_engineering": (
        "electrical, electrical engineer, electrician, power electronics, power systems, high voltage, "
        "substation, signalling, signal engineer, overhead line, jointer, cable jointer, linesman, "
        "lineworker, electrical fitter, lighting designer, lighting engineer, control engineer, "
        "instrumentation, building services, electrotechnical, telecoms, telecommunications, ev charging, "
        "motor winder, grid, network operator, electrical tester, fire alarm, protection engineer, automation "
        "engineer, broadband engineer, lift engineer, charging point, "
        "wireman, wiring, telephone engineer, transformer, cable, alarm engineer"
    ),
    "energy_engineering": (
        "energy, renewable, renewables, wind turbine, wind, wind farm, solar, solar installer, photovoltaic, "
        "nuclear, power station, power plant, oil and gas, gas, gas engineer, heat pump, boiler, heating, "
        "hydroelectric, hydro, tidal, wave energy, hydrogen, petroleum, drilling, driller, reservoir "
        "engineer, battery, fusion, smart meter, geothermal, insulation installer, retrofit, reactor, energy "
        "assessor, offshore, subsea, net zero, carbon capture, grid, district heating, refinery, heating "
        "engineer, energy manager"
    ),
    "manufacturing_engineering": (
        "manufacturing, production engineer, production operative, machinist, cnc, toolmaker, tool maker, "
        "welder, welding, fabricator, sheet metal, assembly, assembler, lean, six sigma, quality engineer, "
        "quality inspector, production planner, setter, tool setter, press operator, moulder, injection "
        "moulding, foundry, pattern maker, patternmaker, industrial engineer, factory, machine operator, "
        "packaging, printer, 3d printing, additive, maintenance fitter, fitter, mechanical fitter, "
        "boatbuilder, boat builder, line operator, process improvement, ndt, plater, blacksmith, locksmith, "
        "watchmaker, instrument maker, gunsmith, manufacturing engineer, silversmith, jeweller, cabinet "
        "maker, joiner, luthier, "
        "turner, grinder, tool engineer, tool room, lathe, clock maker, watch repairer, gauge maker"
    ),
    "mechanical_engineering": (
        "mechanical, mechanical engineer, mechanic, motor vehicle, vehicle technician, automotive, "
        "motorsport, race engineer, formula one, engine, turbine, hydraulic, hydraulics, pump, pneumatic~, "
        "hvac, refrigeration, air conditioning, maintenance engineer, millwright, plant fitter, fitter, "
        "design engineer, cad, stress engineer, thermal, tribologist, vibration, plumber, lift engineer, gas "
        "turbine, mechatronic~, powertrain, bicycle, cycle mechanic, toolmaker, machinist, piping engineer, "
        "pipe fitter, pipefitter, steam, building services, agricultural engineer, test engineer, heating "
        "engineer, jet engine, "
        "motor, turner, draughtsman, draughtsperson, mot tester, mot inspector"
    ),
    "transport_engineering": (
        "rail, railway, railroad, train, train driver, tram driver, signalling, signaller, track worker, "
        "track engineer, permanent way, rolling stock, locomotive, highways, highway, traffic, traffic "
        "engineer, transport, transport planner, transport modeller, transportation, naval architect, naval, "
        "marine engineer, ship, shipwright, shipbuilder, boatbuilder, boat builder, automotive, vehicle, bus "
        "engineer, bus driver, lorry driver, hgv, harbour, port, ports, deck officer, seafarer, merchant "
        "navy, ship captain, tunnelling, underground, metro, train dispatcher, coachbuilder, road safety, "
        "logistics, submarine, mariner, airport, dispatcher, tube driver, engine driver"
    ),
    # design and technology
    "product_design": (
        "product design, product designer, industrial designer, furniture, furniture maker, packaging, design "
        "engineer, cad, cabinet maker, prototype, prototyping, model maker, modelmaker, 3d printing, toy, "
        "prop maker, ux designer, ui designer, interaction designer, jeweller, silversmith, goldsmith, "
        "ergonomics, ergonomist, human factors, lighting designer, set designer, graphic designer, graphic "
        "design, illustrator, instrument maker, luthier, bicycle, web designer, service designer, inventor, "
        "ceramicist, toymaker, sign maker"
    ),
    "architecture": (
        "architect, architecture, architectural, landscape architect, interior designer, interior architect, "
        "construction, builder, building, bricklayer, brickwork, carpenter, joiner, joinery, plasterer, "
        "roofer, stonemason, quantity surveyor, building surveyor, surveyor, town planner, urban designer, "
        "urban planner, planning officer, site agent, estimator, tiler, glazier, bim, conservation architect, "
        "building control, thatcher, scaffold~, property surveyor, demolition, building inspector, "
        "construction site, painter and decorator, house builder, retrofit, drylining, dryliner, glazing, "
        "mason, brick layer, roofing, town planning, urban design, draughtsman, draughtsperson, slater"
    ),
    "electronics": (
        "electronics, electronic, embedded, firmware, fpga, circuit, pcb, microelectronics, semiconductor, "
        "chip designer, silicon, rf, radar, antenna, avionics, sound engineer, audio, audio engineer, "
        "broadcast engineer, hearing instrument, instrumentation, soldering, sensor, hardware engineer, "
        "hardware, mechatronic~, power electronics, test engineer, telecoms, telecommunications, tv engineer, "
        "vlsi, smart home, mobile phone repair, radio engineer, signal processing, studio engineer, "
        "television, tv repairer"
    ),
    "robotics": (
        "robotics, robot, robots, roboticist, mechatronic~, automation, automation engineer, drone, uav, "
        "autonomous, self driving, plc, motion control, control systems, control engineer, machine vision, "
        "exoskeleton, prosthetic~, robotic, rov pilot, rov"
    ),
    "food_technology": (
        "food, food scientist, food technologist, food technology, baker, bakery, brewer, brewing, brewery, "
        "distiller, distillery, chocolatier, confectionery, cheesemaker, cheese maker, dairy, flavourist, "
        "flavour, chef, cook, catering, nutritionist, nutrition, dietitian, dietician, winemaker, wine maker, "
        "butcher, environmental health, patissier, sensory scientist, sommelier, miller, coffee roaster, "
        "fishmonger, food safety, beverage, pastry"
    ),
    "textiles": (
        "textile, textiles, fashion, fashion designer, garment, garments, knitwear, weaver, weaving, "
        "spinning, tailor, tailoring, dressmaker, seamstress, costume, pattern cutter, clothing, fabric, "
        "apparel, footwear, shoemaker, shoe designer, dye technologist, dyer, upholsterer, upholstery, "
        "embroider~, sewing, leather, carpet, yarn, technical textiles, sportswear, wardrobe, "
        "loom, textile technologist"
    ),
    # health
    "medicine": (
        "medicine, doctor, physician, surgeon, gp, general practitioner, registrar, anaesthetist, "
        "anaesthesiologist, paediatrician, psychiatrist, radiologist, cardiologist, oncologist, "
        "dermatologist, pathologist, gynaecologist, obstetrician, neurologist, haematologist, physician "
        "associate, medical, medical student, clinical, clinician, orthopaedic, ophthalmologist, urologist, "
        "neurosurgeon, public health, gastroenterologist, endocrinologist, epidemiolog~, medical director, "
        "clinical research, house officer, junior doctor, consultant in, intensive care, emergency medicine, "
        "medic, clinical trials, operating department, vaccine"
    ),
    "nursing": (
        "nurse, nursing, midwife, midwifery, health visitor, healthcare assistant, matron, ward sister, ward, "
        "nurse practitioner, health care assistant, hca, care assistant, carer, district nurse, school nurse, "
        "mental health nurse, doula, intensive care, hospice, phlebotomist, nursing associate, staff nurse"
    ),
    "pharmacy": (
        "pharmacist, pharmacy, dispenser, pharmacologist, pharmacology, pharmaceutical, pharmaceutical "
        "engineer, dispensing assistant, drug discovery, drug development, medicinal chemist, pharma, "
        "clinical trials, pharmacovigilance, medicines, vaccine"
    ),
    "dentistry": (
        "dentist, dental, dental nurse, dental hygienist, dental technician, orthodontist, orthodontic, "
        "dental therapist, hygienist, oral surgeon, dental surgeon, maxillofacial, endodontist, "
        "prosthodontist"
    ),
    "biomedical_science": (
        "biomedical, biomedical scientist, biomedical engineer, pathology, pathologist, haematologist, "
        "haematology, immunologist, immunology, histolog~, cytolog~, clinical scientist, microbiologist, "
        "microbiology, virologist, blood sciences, medical laboratory, medical lab, phlebotomist, "
        "physiologist, medical engineer, clinical engineer, medical devices, embryologist, neuroscientist, "
        "cancer research, medical physicist, pathology technician, blood bank, biomaterials, biochemist, "
        "mortuary"
    ),
    "allied_health": (
        "physiotherap~, physical therap~, occupational therap~, radiograph~, sonographer, paramedic, "
        "ambulance, emergency medical technician, emt, optometr~, optician, orthoptist, dispensing optician, "
        "audiolog~, hearing aid, hearing instrument, speech and language, speech therap~, podiatr~, "
        "chiropodist, dietitian, dietician, prosthetic~, orthotic~, osteopath, chiropract~, operating "
        "department, odp, radiotherap~, sports therap~, sports scientist, sports science, exercise "
        "physiologist, rehabilitation, occupational health, art therap~, music therap~, physio, massage "
        "therap~, medical imaging, mri, clinical physiologist, cardiac physiologist"
    ),
    "veterinary_science": (
        "vet, vets, veterinary, veterinarian, veterinary nurse, veterinary surgeon, vet nurse, animal care, "
        "animal health, animal nutrition, zookeeper, zoo keeper, farrier, equine, livestock vet, animal "
        "physio~, wildlife vet, dog groomer, animal behaviourist, kennel, stable hand, meat inspector, animal "
        "technician, rspca"
    ),
    "psychology": (
        "psychology, psychologist, psychotherap~, clinical psychologist, counsellor, counselling, educational "
        "psychologist, sport psychologist, psychiatrist, neuropsycholog~, cognitive, behavioural, behaviour "
        "analyst, mental health, mental health nurse, user researcher, ux researcher, human factors, "
        "occupational psychologist, wellbeing practitioner, cbt, psychometric~, criminologist"
    ),
    # environment
    "environmental_science": (
        "environment, environmental, environmental scientist, environmental consultant, sustainability, "
        "recycling, waste, pollution, air quality, water quality, carbon, net zero, contaminated land, "
        "environment agency, esg, hydrologist, hydrology, flood, flood risk, environmental health, "
        "wastewater, water treatment, low carbon, energy assessor, soil scientist, circular economy, "
        "remediation"
    ),
    "ecology": (
        "ecologist, ecology, ecological, conservation, conservationist, ranger, countryside ranger, park "
        "ranger, warden, wildlife, biodiversity, arboriculturist, arborist, tree surgeon, forester, forestry, "
        "rewilding, river keeper, gamekeeper, beekeeper, entomologist, ornithologist, bat surveyor, nature "
        "reserve, habitat, landscape architect, landscape, field ecologist, botanist, zoologist, fisheries, "
        "woodland, national park, peatland"
    ),
    "geology": (
        "geologist, geology, geoscientist, geophysic~, geotechnical, geochemist, mining, mine, quarry, "
        "mineral, minerals, hydrogeologist, volcanologist, seismologist, palaeontologist, petroleum, "
        "reservoir engineer, mudlogger, engineering geologist, gemmologist, geothermal, exploration, mining "
        "engineer, borehole, earth scientist, petrologist, sedimentologist, ground engineer, driller, mine "
        "surveyor, "
        "geological"
    ),
    "geography": (
        "geographer, geography, gis, geospatial, cartographer, mapping, map maker, remote sensing, land "
        "surveyor, hydrographic, hydrographer, hydrologist, glaciologist, geomorphologist, topographic~, "
        "ordnance survey, gis analyst, earth observation, photogrammetr~, town planner, rural, hydrographic "
        "surveyor, coastal engineer, geodesist, lidar, urban planner"
    ),
    "meteorology": (
        "meteorologist, meteorology, weather, weather forecaster, forecaster, climate, climatologist, climate "
        "scientist, atmospheric, weather presenter, storm, met office, air quality, climate change, "
        "atmospheric physicist, "
        "meteorological"
    ),
    "oceanography": (
        "oceanograph~, marine biologist, marine scientist, ocean, hydrographic, hydrographic surveyor, "
        "fisheries, aquaculture, fish farmer, diver, subsea, coral, marine ecologist, aquarist, coastal, "
        "marine conservation, fish farm, underwater, coastguard, trawler, fisherman, marine surveyor, rov "
        "pilot"
    ),
    "agriculture": (
        "agricultur~, agronomist, agronomy, farm, farmer, farming, farm manager, dairy, crop, crops, plant "
        "breeder, plant scientist, horticultur~, gardener, grower, greenkeeper, groundsman, soil scientist, "
        "shepherd, herdsman, livestock, agricultural engineer, tractor, seed, seeds, plant pathologist, "
        "botanist, tree surgeon, forester, forestry, viticultur~, winemaker, beekeeper, nursery grower, "
        "vertical farming, florist, fish farmer, stockman, arable, orchard, landscape gardener, hydroponic~, "
        "animal nutrition, nurseryman"
    ),
}

# What only looks like one of the above.
NOTHING = (
    "nursery nurse, nursery manager, nursery assistant, nursery practitioner, security guard, security "
    "officer, data protection, data entry, doctor of philosophy, driving instructor, taxi driver, delivery "
    "driver, van driver, sales engineer, train the trainer, computer games retail, hair stylist, art gallery, "
    "project engineer, film director, spin doctor, patent clerk, operations manager, operations director, "
    "green grocer, building society, software sales, it recruitment, medical secretary, medical receptionist, "
    "dental receptionist, food delivery, estate agent, travel agent, customer service, football coach, space "
    "planner, fund raiser, fundraiser, port of call, clinical secretary, energy healer, wine waiter, school "
    "caretaker, school business manager, web shop, company secretary, data controller"
)

# Words that say how high someone stands, or what belongs to every trade. They suggest nothing, and are no slip of the
# keyboard for a word above either.
PASSED_OVER = frozenset(
    """
    a an and the of for in at to with by on or from senior junior lead leader principal chief head deputy
    assistant associate graduate trainee apprentice intern student chartered incorporated qualified registered
    certified professional specialist expert advanced higher level grade manager management director officer
    executive president vice vp coordinator administrator administration supervisor superintendent controller
    consultant consultancy adviser advisor analyst engineer engineering technician technologist technical
    technology operator operative worker practitioner researcher research lecturer professor reader fellow
    tutor teacher teaching trainer training instructor mentor coach owner founder partner self employed
    freelance freelancer retired former ex part full time temporary team group regional national international
    global european british uk university college school department company limited ltd plc project program
    portfolio product service services customer client sales marketing business operations commercial human
    resources recruitment recruiter office secretary receptionist clerk personal general solutions strategy
    strategic policy planning planner development design support quality safety health security systems system
    processes painter cleaner driver waiter waitress barber hairdresser beautician lawyer solicitor barrister
    paralegal judge journalist writer editor author translator interpreter librarian musician singer actor
    dancer artist photographer model presenter producer promoter organiser event events hospitality hotel
    retail shop store cashier cabin crew soldier sailor army navy marine police constable detective
    firefighter prison probation social care caretaker porter postman postwoman courier warehouse picker
    packer loader storekeeper stock buyer procurement negotiator broker agent representative advisory
    councillor politician minister vicar priest imam rabbi chaplain parent volunteer trustee governor charity
    fundraising communication communications public relations media content brand digital creative copywriter
    publisher bookseller printer tester contract contractor contracts compliance legal governance audit
    assurance risk change transformation innovation delivery field site plant works shift line duty day night
    home community centre private independent early years childminder nanny nursery playgroup sports sport
    fitness yoga swimming football rugby cricket stylist therapist housekeeper gardener landlord landlady
    tattooist lifeguard lecture
    """.split()  # noqa: SIM905  # a page of words reads better than a page of quotes
)
